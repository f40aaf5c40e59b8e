/** How a client is invoiced, where that differs from what the client's page says. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { paymentMeans } from './draft.ts'

/** Somebody else changed it meanwhile; `details.current` is what stands now. */
export const billingProfileChanged = refusal('billing_profile_changed')

export const audiences = ['business', 'private'] as const

const optional = <T extends z.ZodType>(inner: T) => inner.nullable().default(null)

export const BillingAddress = z.object({
  lines: z.array(line(200).min(1)).min(1).max(4),
  postcode: line(20),
  city: line(100).min(1),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
})

const fields = {
  /** A business gets penalties, the 40 € and an electronic address; a private person gets none of them. */
  audience: z.enum(audiences),
  /** Empty: the client's own name. */
  legalName: line(200).default(''),
  siren: optional(line(20)),
  siret: optional(line(20)),
  vatNumber: optional(line(20)),
  /** Null: the client's own. */
  address: optional(BillingAddress),
  email: optional(
    z
      .string()
      .trim()
      .toLowerCase()
      .refine(emailHolds, { params: { code: 'email_invalid' } }),
  ),
  /** Where an electronic invoice goes, when that is not the SIREN. */
  electronicAddress: optional(line(100).min(1)),
  paymentDays: optional(z.int().min(0).max(60)),
  paymentMeans: optional(z.enum(paymentMeans)),
  language: z.enum(['fr', 'en']).default('fr'),
}

export const BillingProfile = z.object({
  ...fields,
  /** 0: none was written yet, and what is shown follows from the client's page. */
  revision: z.int().min(0),
})
export type BillingProfile = z.infer<typeof BillingProfile>

const one = z.object({ id: Id })

export const getBillingProfile = endpoint({
  method: 'GET',
  path: '/clients/:id/billing-profile',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'How a client is invoiced, and what a document would say of them',
  input: { params: one },
  output: z.object({
    profile: BillingProfile,
    /** As printed, the client's own facts filled in. */
    buyer: z.object({
      name: z.string(),
      siren: z.string().nullable(),
      address: z.object({
        lines: z.array(z.string()),
        postcode: z.string(),
        city: z.string(),
        country: z.string(),
      }),
      email: z.string().nullable(),
      electronicAddress: z.string().nullable(),
    }),
  }),
  refreshedBy: ['invoices', 'clients'],
})

export const saveBillingProfile = endpoint({
  method: 'PUT',
  path: '/clients/:id/billing-profile',
  realm: 'staff',
  may: 'invoices.write',
  records: 'billing_profile.updated',
  about: 'client',
  stepUp: false,
  summary: 'Says how a client is invoiced',
  input: { params: one, body: z.object({ ...fields, revision: z.int32().min(0) }) },
  output: BillingProfile,
  refusals: [billingProfileChanged],
  touches: ['invoices'],
})
