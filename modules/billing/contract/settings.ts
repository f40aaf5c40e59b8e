/** What documents are made and reckoned with, from a day on: each kind's content. Never changed in place. */
import { z } from 'zod'
import { frenchVatHolds, luhnHolds, mod97Holds, siretHolds } from '#platform/contract/check-digits.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { line, text } from '#platform/contract/ids.ts'

export const settingKinds = [
  'identity',
  'vat',
  'bank',
  'terms',
  'numbering',
  'appearance',
  'dunning',
] as const
export const SettingKind = z.enum(settingKinds)
export type SettingKind = z.infer<typeof SettingKind>

/** Digits and letters as people write them: spaces and dots left out, in capitals. */
const code = (max: number) =>
  line(max)
    .transform((written) => written.replaceAll(/[\s.]/g, '').toUpperCase())
    .pipe(z.string())

const orNone = <Of extends z.ZodType>(of: Of) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), of.nullable())

export const SettingsAddress = z.object({
  lines: z.array(line(100).min(1)).min(1).max(3),
  postcode: line(10).min(1),
  city: line(60).min(1),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'country_wrong' }),
})
export type SettingsAddress = z.infer<typeof SettingsAddress>

const sirenHolds = (siren: string) => /^\d{9}$/.test(siren) && luhnHolds(siren)
export const Siren = code(20).refine(sirenHolds, { params: { code: 'siren_wrong' } })
export const Siret = code(25).refine(siretHolds, { params: { code: 'siret_wrong' } })

/** Who invoices, as the law wants it printed (CGI ann. II art. 242 nonies A, C. com. R123-237). */
export const IdentitySettings = z
  .object({
    name: line(120).min(1),
    /** « SAS », « SARL » …; empty for a sole trader. */
    legalForm: line(40).default(''),
    /** « EI » is printed after the name (C. com. R526-27). */
    soleTrader: z.boolean().default(false),
    capitalCents: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
    siren: Siren,
    siret: orNone(Siret).default(null),
    rcsCity: orNone(line(60)).default(null),
    /** FR, key, SIREN; null: none. */
    vatNumber: orNone(code(20)).default(null),
    address: SettingsAddress,
    email: line(254)
      .toLowerCase()
      .refine(emailHolds, { params: { code: 'email_wrong' } }),
    phone: orNone(line(30)).default(null),
    /** BT-34: 0225 and what begins with the SIREN. */
    electronicAddress: z.object({ scheme: z.literal('0225'), value: line(125).min(9) }),
  })
  .superRefine((identity, check) => {
    const wrong = (path: PropertyKey[], wrongCode: string) =>
      check.addIssue({ code: 'custom', path, params: { code: wrongCode } })
    if (!identity.soleTrader && identity.legalForm === '') wrong(['legalForm'], 'legal_form_needed')
    // What follows from a wrong SIREN is not said four times.
    if (!sirenHolds(identity.siren)) return
    if (identity.siret && !identity.siret.startsWith(identity.siren)) wrong(['siret'], 'siret_of_another')
    if (identity.vatNumber && !frenchVatHolds(identity.vatNumber, identity.siren))
      wrong(['vatNumber'], 'vat_number_wrong')
    if (!identity.electronicAddress.value.startsWith(identity.siren))
      wrong(['electronicAddress', 'value'], 'electronic_address_wrong')
  })
export type IdentitySettings = z.infer<typeof IdentitySettings>

/** Of BR-FR-16's list those that are in force in France, its overseas parts and Corsica. */
export const vatRatesInForce = [2000, 1300, 1000, 850, 550, 210, 175, 105, 90, 0] as const

export const vatRegimes = ['normal', 'franchise', 'exempt_care'] as const
export const VatSettings = z
  .object({
    /** franchise: CGI art. 293 B; exempt_care: CGI art. 261, 4-1°. */
    regime: z.enum(vatRegimes),
    /** « Option pour le paiement de la taxe d’après les débits ». */
    onDebits: z.boolean(),
    /** What a new line bears. */
    defaultBasisPoints: z.int().refine((rate) => (vatRatesInForce as readonly number[]).includes(rate), {
      params: { code: 'vat_rate_unknown' },
    }),
  })
  .superRefine(({ regime, onDebits, defaultBasisPoints }, check) => {
    if (regime === 'normal') return
    if (defaultBasisPoints !== 0)
      check.addIssue({ code: 'custom', path: ['defaultBasisPoints'], params: { code: 'vat_rate_exempt' } })
    if (onDebits)
      check.addIssue({ code: 'custom', path: ['onDebits'], params: { code: 'vat_debits_exempt' } })
  })
export type VatSettings = z.infer<typeof VatSettings>

/** Its key here; length and national structure are the server's to check. */
export const Iban = code(50).refine((iban) => iban.length >= 15 && iban.length <= 34 && mod97Holds(iban), {
  params: { code: 'iban_wrong' },
})
/** Identifier of a creditor (ICS): its three letters of trade do not count for the key. */
export const CreditorId = code(45).refine(
  (id) => id.length >= 8 && id.length <= 35 && mod97Holds(id.slice(0, 4) + id.slice(7)),
  { params: { code: 'creditor_id_wrong' } },
)
export const BankSettings = z.object({
  iban: Iban,
  bic: code(15).refine((bic) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic), {
    params: { code: 'bic_wrong' },
  }),
  holder: line(70).min(1),
  /** ICS: who debits by SEPA has one. */
  creditorId: orNone(CreditorId).default(null),
})
export type BankSettings = z.infer<typeof BankSettings>

export const penaltyKinds = ['ecb_plus_10', 'legal_times_3', 'fixed'] as const
export const TermsSettings = z
  .object({
    /** C. com. L441-10 I: 60 at most. */
    paymentDays: z.int().min(0).max(60),
    /** « Pas d’escompte pour paiement anticipé »: C. com. L441-9 wants it said either way. */
    discountTerms: line(200).min(1),
    /** C. com. L441-10 II. */
    penaltyKind: z.enum(penaltyKinds),
    /** A year, of `fixed` alone: three times the legal rate at least. */
    penaltyBasisPoints: z.int().min(1).max(10_000).nullable().default(null),
    /** C. com. D441-5; between professionals only. */
    indemnityCents: z.literal(4000).default(4000),
    confidentiality: orNone(text(500)).default(null),
    note: text(1_000).default(''),
  })
  .superRefine(({ penaltyKind, penaltyBasisPoints }, check) => {
    if ((penaltyKind === 'fixed') !== (penaltyBasisPoints !== null))
      check.addIssue({
        code: 'custom',
        path: ['penaltyBasisPoints'],
        params: { code: penaltyKind === 'fixed' ? 'penalty_rate_needed' : 'penalty_rate_given' },
      })
  })
export type TermsSettings = z.infer<typeof TermsSettings>

/** BR-FR-01/02: 35 signs of these at most, year and digits included. */
const Prefix = z.string().regex(/^[A-Z][A-Z0-9]{0,9}$/, { error: 'prefix_wrong' })
export const NumberingSettings = z
  .object({
    invoicePrefix: Prefix.default('FA'),
    creditNotePrefix: Prefix.default('AV'),
    quotePrefix: Prefix.default('DE'),
    digits: z.int().min(4).max(9).default(6),
  })
  .superRefine(({ invoicePrefix, creditNotePrefix, quotePrefix }, check) => {
    const twice = (path: string) =>
      check.addIssue({ code: 'custom', path: [path], params: { code: 'prefix_twice' } })
    if (creditNotePrefix === invoicePrefix) twice('creditNotePrefix')
    if (quotePrefix === invoicePrefix || quotePrefix === creditNotePrefix) twice('quotePrefix')
  })
export type NumberingSettings = z.infer<typeof NumberingSettings>

export const Logo = z.object({
  mediaType: z.enum(['image/svg+xml', 'image/png']),
  /** 200 KB of file at most. */
  base64: z
    .string()
    .max(273_068, { error: 'logo_too_big' })
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'logo_unreadable' }),
})
export const AppearanceSettings = z.object({
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, { error: 'colour_wrong' })
    .refine((colour) => !/^#[0-9a-f]{6}$/.test(colour) || contrastOnWhite(colour) >= 4.5, {
      params: { code: 'colour_too_light' },
    }),
  logo: Logo.nullable().default(null),
  footer: text(500).default(''),
  /** Below the lines of documents for professionals, and of those for private persons. */
  businessNote: text(1_000).default(''),
  privateNote: text(1_000).default(''),
})
export type AppearanceSettings = z.infer<typeof AppearanceSettings>

/** WCAG 2.2: text of this colour on white paper. @param colour #rrggbb */
export function contrastOnWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

/** What `{{…}}` in a letter stands for. */
export const dunningVariables = [
  'client.name',
  'invoice.number',
  'invoice.issued_on',
  'invoice.due_on',
  'invoice.amount',
  'invoice.outstanding',
  'days_late',
  'penalties',
  'indemnity',
  'total_due',
  'penalty_rate',
  /** What is claimed besides, of professionals, where the step claims it: penalties, the 40 €, the sum. */
  'claim',
  'company.name',
  'company.iban',
  'company.bic',
] as const
export const DunningSettings = z.object({
  /** In the order in which they are sent. */
  steps: z
    .array(
      z.object({
        daysLate: z.int().min(1).max(365),
        subject: line(150).min(1),
        body: text(5_000).min(1),
        /** Penalties and the 40 € are claimed, of professionals. */
        withPenalties: z.boolean(),
      }),
    )
    .max(6)
    .superRefine((steps, check) => {
      for (const [place, step] of steps.entries()) {
        if (place > 0 && step.daysLate <= (steps[place - 1]?.daysLate ?? 0))
          check.addIssue({ code: 'custom', path: [place, 'daysLate'], params: { code: 'step_too_early' } })
        for (const field of ['subject', 'body'] as const)
          for (const [, name = ''] of step[field].matchAll(/\{\{\s*([^}]*?)\s*\}\}/g))
            if (!(dunningVariables as readonly string[]).includes(name))
              check.addIssue({ code: 'custom', path: [place, field], params: { code: 'variable_unknown' } })
      }
    }),
})
export type DunningSettings = z.infer<typeof DunningSettings>

export const settingContents = {
  identity: IdentitySettings,
  vat: VatSettings,
  bank: BankSettings,
  terms: TermsSettings,
  numbering: NumberingSettings,
  appearance: AppearanceSettings,
  dunning: DunningSettings,
} as const
export type SettingContents = { [Kind in SettingKind]: z.infer<(typeof settingContents)[Kind]> }

/** Of a day; null: nobody said anything by then. */
export type SettingsOfDay = { [Kind in SettingKind]: SettingContents[Kind] | null }

/** A rate of a day, with the source that says so. */
export const InterestRate = z.object({
  kind: z.enum(['ecb_refi', 'legal']),
  fromOn: z.string(),
  /** A year. */
  basisPoints: z.int(),
  source: z.string(),
})
export type InterestRate = z.infer<typeof InterestRate>
