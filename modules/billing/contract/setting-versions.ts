/** Settings have effect dates: what held, what holds, what will, and what waits for a second person. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { documentUnprintable } from './pdf.ts'
import { settingContents, SettingKind } from './settings.ts'

const Who = z.object({ id: Id, name: z.string() }).nullable()

const about = {
  id: Id,
  inForceFrom: Day,
  state: z.enum(['proposed', 'approved', 'refused', 'withdrawn']),
  /** `now` is the one in force today; a withdrawn or refused one is neither. */
  standing: z.enum(['now', 'later', 'former', 'waiting', 'dropped']),
  /** Null: the installation itself. */
  proposedBy: Who,
  proposedAt: Instant,
  decidedBy: Who,
  decidedAt: Instant.nullable(),
  reason: z.string(),
}
const versionOf = <const Kind extends SettingKind>(kind: Kind) =>
  z.object({ ...about, kind: z.literal(kind), content: settingContents[kind] })

export const SettingVersion = z.discriminatedUnion('kind', [
  versionOf('identity'),
  versionOf('vat'),
  versionOf('bank'),
  versionOf('terms'),
  versionOf('numbering'),
  versionOf('appearance'),
  versionOf('dunning'),
])
export type SettingVersion = z.infer<typeof SettingVersion>

export const BillingCompany = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  archived: z.boolean(),
})
export type BillingCompany = z.infer<typeof BillingCompany>

/** Nobody approves what they proposed: where money goes two people answer for. */
export const ownProposal = refusal('billing_own_proposal', 403)
/** A proposal is withdrawn by who made it; others refuse it. */
export const proposalNotYours = refusal('billing_proposal_not_yours', 403)
/** Another proposal of the same kind waits; it is decided or withdrawn first. */
export const proposalWaits = refusal('billing_proposal_waits')
/** It was decided, withdrawn, or its day is past. */
export const proposalOver = refusal('billing_proposal_over')
/** It has begun: documents may have been made with it. */
export const settingBegun = refusal('billing_setting_begun')
/** A second person approved it: another account takes its place, which two people answer for again. */
export const bankApproved = refusal('billing_bank_approved', 403)
/** The main company is never archived. */
export const mainCompanyStays = refusal('billing_main_company')

const one = z.object({ id: Id })
const touches = ['billing-settings'] as const
const write = { realm: 'staff', stepUp: true } as const

export const getBillingSettings = endpoint({
  method: 'GET',
  path: '/billing/settings',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Every version of the settings of one of our companies, the latest first, with what waits',
  input: { query: z.object({ company: Id.optional() }) },
  output: z.object({
    today: Day,
    company: BillingCompany,
    companies: z.array(BillingCompany),
    versions: z.array(SettingVersion),
    /** What was issued last, by its day: nothing can be dated before it. */
    lastIssuedOn: Day.nullable(),
    /** Of the running year: which of each series the next document is. */
    nextCounts: z.object({ invoice: z.int(), creditNote: z.int(), quote: z.int() }),
  }),
  refreshedBy: ['billing-settings'],
})

const change = <const Kind extends SettingKind>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    companyId: Id.optional(),
    /** Today or later; the first of a kind may begin earlier. */
    inForceFrom: Day,
    content: settingContents[kind],
  })

export const saveBillingSettings = endpoint({
  ...write,
  method: 'POST',
  path: '/billing/settings',
  may: 'billing.settings',
  records: 'billing_settings.changed',
  about: 'billing_settings',
  summary: 'A new version of some settings, from a day on',
  input: {
    body: z.discriminatedUnion('kind', [
      change('identity'),
      change('vat'),
      change('terms'),
      change('numbering'),
      change('appearance'),
      change('dunning'),
    ]),
  },
  output: z.object({ id: Id }),
  status: 201,
  touches,
})

export const proposeBank = endpoint({
  ...write,
  method: 'POST',
  path: '/billing/settings/bank',
  may: 'billing.settings',
  records: 'billing_bank.proposed',
  about: 'billing_settings',
  summary: 'Proposes another account for what we are paid; it holds once somebody else approved it',
  input: { body: change('bank').omit({ kind: true }) },
  output: z.object({ id: Id }),
  status: 201,
  refusals: [proposalWaits],
  touches,
})

export const approveBank = endpoint({
  ...write,
  method: 'PUT',
  path: '/billing/settings/:id/approval',
  may: 'billing.approve',
  records: 'billing_bank.approved',
  about: 'billing_settings',
  summary: 'Approves an account that somebody else proposed',
  input: { params: one },
  output: z.object({ id: Id }),
  refusals: [ownProposal, proposalOver],
  touches,
})

export const refuseBank = endpoint({
  ...write,
  method: 'PUT',
  path: '/billing/settings/:id/refusal',
  may: 'billing.approve',
  records: 'billing_bank.refused',
  about: 'billing_settings',
  summary: 'Refuses a proposed account, and says why',
  input: { params: one, body: z.object({ reason: line(300).min(3) }) },
  output: z.object({ id: Id }),
  refusals: [ownProposal, proposalOver],
  touches,
})

export const withdrawSetting = endpoint({
  ...write,
  method: 'PUT',
  path: '/billing/settings/:id/withdrawal',
  may: 'billing.settings',
  records: 'billing_settings.withdrawn',
  about: 'billing_settings',
  summary: 'Takes back what one proposed, or a version that has not begun',
  input: { params: one },
  output: z.object({ id: Id }),
  refusals: [settingBegun, bankApproved, proposalOver, proposalNotYours],
  touches,
})

/** Proposals that wait for the asking person: those of others. */
export const listBillingApprovals = endpoint({
  method: 'GET',
  path: '/billing/approvals',
  realm: 'staff',
  may: 'billing.approve',
  summary: 'Accounts that wait for a second person',
  output: z.object({
    rows: z.array(
      z.object({
        id: Id,
        company: z.string(),
        inForceFrom: Day,
        proposedBy: Who,
        proposedAt: Instant,
        ibanEnding: z.string(),
        /** One's own waits for somebody else. */
        own: z.boolean(),
      }),
    ),
  }),
  refreshedBy: ['billing-settings'],
})

const LogoSide = z
  .string()
  .regex(/^[1-9]\d{0,4}$/)
  .transform(Number)
  .optional()

export const previewSettings = endpoint({
  method: 'GET',
  path: '/billing/settings/preview',
  realm: 'staff',
  may: 'billing.settings',
  summary: 'A sample invoice made with settings that nobody saved yet, as PDF',
  input: {
    query: z.object({
      company: Id.optional(),
      audience: z.enum(['business', 'private']).default('business'),
      day: Day.optional(),
      kind: SettingKind.optional(),
      /** JSON of that kind; of an appearance without its logo, which is the one in force unless `logo` says otherwise. */
      content: z.string().max(12_000).optional(),
      /** `space`: an empty frame of these proportions, for a picture that is too long to be sent before it is saved. */
      logo: z.enum(['kept', 'none', 'space']).default('kept'),
      logoWidth: LogoSide,
      logoHeight: LogoSide,
      as: z.enum(['pdf', 'svg']).default('pdf'),
    }),
  },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
  refusals: [documentUnprintable],
})

export const addCompany = endpoint({
  ...write,
  method: 'POST',
  path: '/billing/companies',
  may: 'billing.settings',
  records: 'billing_company.added',
  about: 'billing_company',
  summary: 'Another of our companies, with series and settings of its own',
  input: { body: z.object({ name: line(120).min(1) }) },
  output: BillingCompany,
  status: 201,
  touches,
})

export const updateCompany = endpoint({
  ...write,
  method: 'PUT',
  path: '/billing/companies/:id',
  may: 'billing.settings',
  records: 'billing_company.updated',
  about: 'billing_company',
  summary: 'Renames a company, archives it, or takes it back',
  input: { params: one, body: z.object({ name: line(120).min(1), archived: z.boolean() }) },
  output: BillingCompany,
  refusals: [mainCompanyStays],
  touches,
})
