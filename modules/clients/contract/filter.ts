import { z } from 'zod'
import { Day, Id, line, Month } from '#platform/contract/ids.ts'
import { ClientKind, clientStatuses, subscriptionStatuses } from './client.ts'
import { departmentCodes } from './departments.ts'

/** `active,prospect` or a repeated parameter, as an array without doubles. */
const listOf = <const Value extends string>(values: readonly Value[]) =>
  z.union([z.string().max(1_000), z.array(z.string().max(20)).max(200)]).transform((given, ctx) => {
    const asked = new Set(typeof given === 'string' ? given.split(',') : given)
    const known = values.filter((value) => asked.has(value))
    if (known.length === asked.size) return known
    ctx.addIssue({ code: 'custom', params: { code: 'value_unknown' } })
    return z.NEVER
  })

/** Who asks, or clients that nobody looks after. */
export const accountManagerWords = ['me', 'none'] as const

/** `me,none` and ids of staff members, or a repeated parameter. */
const AccountManagers = z
  .union([z.string().max(2_000), z.array(z.string().max(40)).max(50)])
  .transform((given) => [...new Set(typeof given === 'string' ? given.split(',') : given)])
  .pipe(z.array(z.union([z.enum(accountManagerWords), Id])).max(50))

/** Which clients: the same words in the list's address, in a saved view, in a bulk action and in an export. */
export const ClientFilter = z.strictObject({
  /** Words of the name, e-mail or city; accents, case and one slip of the keyboard a word are forgiven. */
  q: line(100).optional(),
  status: listOf(clientStatuses).optional(),
  department: listOf(departmentCodes).optional(),
  kind: ClientKind.optional(),
  /** Who looks after them; `me` in a saved view is whoever opens it. */
  accountManager: AccountManagers.optional(),
  /** Statuses of their current subscriptions (subscriptions.is_current). */
  subscription: listOf(subscriptionStatuses).optional(),
  /** Clients in the trash are left out unless asked for; `any`, with or without them, as the dashboard counts money. */
  trash: z.enum(['in', 'out', 'any']).optional(),
  signedIn: z.enum(['never']).optional(),
  /** The month of the first day they paid for, and of the first day they did not any more; days after today are left out. */
  startedPaying: Month.optional(),
  stoppedPaying: Month.optional(),
  /** Pays on this day: paying_from <= day < paying_until. */
  payingOn: Day.optional(),
  /** A trial that ends before this day. */
  trialEndsBefore: Day.optional(),
})
export type ClientFilter = z.infer<typeof ClientFilter>

export const clientSorts = [
  'name',
  '-name',
  'nextPayment',
  '-nextPayment',
  'lastSignIn',
  '-lastSignIn',
  'created',
  '-created',
  // Trials that end first: where sales begins.
  'trialEnds',
  '-trialEnds',
  'relevance',
] as const

/** Unless told: by relevance when words are searched, else by name. Missing dates stand last either way. */
export const ClientSort = z.enum(clientSorts)
export type ClientSort = z.infer<typeof ClientSort>

/** At most this many clients change in one action. */
export const bulkLimit = 10_000

/** Either these clients or all that the filter shows. */
export const ClientSelection = z
  .strictObject({ ids: z.array(Id).min(1).max(bulkLimit).optional(), filter: ClientFilter.optional() })
  .refine((chosen) => (chosen.ids === undefined) !== (chosen.filter === undefined), {
    params: { code: 'selection_unclear' },
  })
export type ClientSelection = z.infer<typeof ClientSelection>
