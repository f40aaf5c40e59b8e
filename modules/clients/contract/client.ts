import { z } from 'zod'
import { Cents } from '#platform/contract/money.ts'
import { Day, Id, Instant, line, text } from '#platform/contract/ids.ts'
import { rppsHolds, siretHolds } from '#platform/contract/check-digits.ts'
import { departmentCode } from './departments.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { normalisePhone } from '#platform/contract/phones.ts'

export const clientStatuses = ['active', 'prospect', 'freemium', 'excluded'] as const
export const ClientStatus = z.enum(clientStatuses)
export type ClientStatus = z.infer<typeof ClientStatus>

export const clientKinds = ['practitioner', 'secretary'] as const
export const ClientKind = z.enum(clientKinds)
export type ClientKind = z.infer<typeof ClientKind>

export const subscriptionStatuses = [
  'trialing',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'ended',
] as const
export const SubscriptionStatus = z.enum(subscriptionStatuses)
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

/** What a line of the list shows. */
export const ClientRow = z.object({
  id: Id,
  kind: ClientKind,
  status: ClientStatus,
  lastName: z.string(),
  firstName: z.string(),
  email: z.string(),
  city: z.string().nullable(),
  department: z.string().nullable(),
  nextPaymentOn: Day.nullable(),
  lastSignInAt: Instant.nullable(),
  createdAt: Instant,
  trashedAt: Instant.nullable(),
  /** The staff member who looks after the client. */
  accountManagerId: Id.nullable(),
  /** Of the subscription that lives; null without one. */
  subscription: SubscriptionStatus.nullable(),
  trialEndsOn: Day.nullable(),
  /** Excluding VAT, of that subscription, or of the one that a filter of paying asked for; null without one. */
  monthlyCents: Cents.nullable(),
})
export type ClientRow = z.infer<typeof ClientRow>

/** A client whole. */
export const Client = ClientRow.omit({ subscription: true, trialEndsOn: true, monthlyCents: true }).extend({
  phone: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  rpps: z.string().nullable(),
  adeli: z.string().nullable(),
  siret: z.string().nullable(),
  origin: z.string().nullable(),
  internalNote: z.string().nullable(),
  updatedAt: Instant,
  /** Sent back with a change, to notice that somebody else changed the client meanwhile. */
  version: z.int(),
  trashedBy: z.string().nullable(),
  /** The name of who looks after the client. */
  accountManager: z.string().nullable(),
  /** The subscription that lives, or the last one that ended. */
  subscription: z
    .object({
      id: Id,
      status: SubscriptionStatus,
      plan: z.string(),
      /** Excluding VAT. */
      monthlyCents: Cents,
      startedOn: Day,
      trialEndsOn: Day.nullable(),
      payingFrom: Day.nullable(),
      payingUntil: Day.nullable(),
    })
    .nullable(),
})
export type Client = z.infer<typeof Client>

const ungrouped = (written: string) => written.replaceAll(/[\s.]/g, '')
const wrong = (code: string) => ({ params: { code } })

/** A field that may stay empty: an empty input means none. */
const orNone = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z
    .string()
    .trim()
    .nullable()
    .transform((typed) => typed || null)
    .pipe(schema.nullable())

/** What people type about a client, as forms send it and as it is kept. */
export const ClientFields = z.object({
  kind: ClientKind,
  status: ClientStatus,
  lastName: line(120).min(1, { error: 'last_name_missing' }),
  firstName: line(120),
  email: z.string().trim().toLowerCase().refine(emailHolds, wrong('email_invalid')),
  phone: orNone(
    line(32)
      .regex(/^\+?[\d\s.\-/()]{4,}$/, { error: 'phone_invalid' })
      .transform(normalisePhone),
  ),
  address: orNone(text(500)),
  postalCode: orNone(line(10)),
  city: orNone(line(120)),
  department: orNone(
    line(3)
      .refine((typed) => departmentCode(typed) !== undefined, wrong('department_unknown'))
      .transform((typed) => departmentCode(typed) ?? typed),
  ),
  rpps: orNone(line(20).transform(ungrouped).refine(rppsHolds, wrong('rpps_invalid'))),
  adeli: orNone(line(20).transform(ungrouped)),
  siret: orNone(line(30).transform(ungrouped).refine(siretHolds, wrong('siret_invalid'))),
  origin: orNone(line(120)),
  internalNote: orNone(text(5_000)),
  nextPaymentOn: orNone(Day),
  /** Whose client it is: what a role limited to one's own clients goes by. */
  accountManagerId: orNone(Id),
})
export type ClientFields = z.infer<typeof ClientFields>

export const NewClient = ClientFields.partial().required({
  kind: true,
  status: true,
  lastName: true,
  email: true,
})

export type NewClient = z.infer<typeof NewClient>

/** Only the fields that were changed, and the version they were changed on. */
export const ClientChanges = ClientFields.partial().extend({ version: z.int().min(1).max(2_147_483_647) })
export type ClientChanges = z.infer<typeof ClientChanges>

/** `details` of the refusal `client_changed`: the client as it is now. */
export type ClientChangedDetails = { current: Client }

/** `details` of the refusal `client_email_taken`: who has the address; none when it is a client outside one's limits. */
export type EmailTakenDetails = { id: string; firstName: string; lastName: string; inTrash: boolean }
