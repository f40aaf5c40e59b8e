/** SEPA direct debits: mandates, the files a bank is handed, and what comes back. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { PaymentClient } from './payments.ts'
import { Iban } from './settings.ts'

/** SDD Core rulebook: who is debited is told two weeks before, the invoice may be what tells it, from the day it was sent. */
export const preNotificationDays = 14
/** A mandate that nothing was collected by for so long has lapsed (SDD Core rulebook, 36 months). */
export const mandateMonths = 36

export const mandateStates = ['active', 'revoked', 'lapsed'] as const
export const Mandate = z.object({
  id: Id,
  client: PaymentClient,
  /** RUM: unique mandate reference. */
  reference: z.string(),
  holder: z.string(),
  /** The last four signs of the IBAN: the whole of it is shown for a reason, and that is written down. */
  ibanEnding: z.string(),
  bic: z.string().nullable(),
  signedOn: Day,
  state: z.enum(mandateStates),
  lastUsedOn: Day.nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
})
export type Mandate = z.infer<typeof Mandate>

/** What a RUM may be made of (EPC217-08): no blank, no slash at either end. */
const MandateReference = line(35).regex(/^[A-Za-z0-9+?:().,'-]{1,35}$/, { error: 'mandate_reference_wrong' })
const BicText = line(20)
  .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, { error: 'bic_wrong' }))

/** A client has one mandate at a time: the former one is revoked first. */
export const mandateExists = refusal('mandate_exists')
export const mandateReferenceTaken = refusal('mandate_reference_taken')
export const mandateEnded = refusal('mandate_ended')
/** The company's bank settings name no IBAN or no ICS (creditor identifier) for that day. */
export const creditorMissing = refusal('creditor_missing', 422)
/** A bank needs a working day, and nothing is collected on a day on which no bank works. */
export const collectionDayWrong = refusal('collection_day_wrong', 422)
/** One of them cannot be collected any more: paid meanwhile, debited already, told too late. */
export const notCollectable = refusal('not_collectable')
export const collectionDecided = refusal('collection_decided')
export const directDebitSent = refusal('direct_debit_sent')
/** Nothing is booked before the day of the collection. */
export const directDebitEarly = refusal('direct_debit_early', 422)
export const returnFileUnreadable = refusal('return_file_unreadable', 422)

const read = { realm: 'staff', may: 'invoices.read', refreshedBy: ['payments', 'invoices'] } as const
const write = {
  realm: 'staff',
  may: 'payments.write',
  stepUp: false,
  touches: ['payments', 'invoices'],
} as const
const one = z.object({ id: Id })

export const listMandates = endpoint({
  ...read,
  method: 'GET',
  path: '/mandates',
  summary: 'SEPA mandates, newest first, at most five hundred',
  input: {
    query: z.object({
      client: Id.optional(),
      state: z.enum(mandateStates).optional(),
      q: line(100).optional(),
    }),
  },
  output: z.object({ rows: z.array(Mandate) }),
})

export const addMandate = endpoint({
  ...write,
  method: 'POST',
  path: '/mandates',
  records: 'mandate.added',
  summary: 'Keeps a signed SEPA mandate; its IBAN is sealed',
  status: 201,
  input: {
    body: z.object({
      clientId: Id,
      /** Left out: one is made. */
      reference: MandateReference.optional(),
      holder: line(70).min(1),
      iban: Iban,
      bic: BicText.nullable().default(null),
      signedOn: Day,
    }),
  },
  output: Mandate,
  refusals: [mandateExists, mandateReferenceTaken],
})

export const revokeMandate = endpoint({
  ...write,
  method: 'POST',
  path: '/mandates/:id/revocation',
  records: 'mandate.revoked',
  summary: 'Ends a mandate: nothing more is collected by it',
  input: { params: one, body: z.object({ reason: line(200).min(1) }) },
  output: Mandate,
  refusals: [mandateEnded],
})

export const revealMandateIban = endpoint({
  method: 'GET',
  path: '/mandates/:id/iban',
  realm: 'staff',
  may: 'payments.write',
  records: 'mandate.revealed',
  stepUp: true,
  summary: 'The whole IBAN of a mandate',
  input: { params: one },
  output: z.object({ iban: z.string() }),
})

/** Why an invoice is not collected, one code each. */
export const notCollectableWhys = [
  'no_mandate',
  'mandate_ended',
  'not_sent',
  'creditor_changed',
  'told_too_late',
  'due_later',
  'pending',
  'lapsed',
] as const
export const Collectable = z.object({
  invoiceId: Id,
  number: z.string(),
  client: PaymentClient,
  issuedOn: Day,
  /** When it went to its payer for the first time; null: it did not yet. */
  toldOn: Day.nullable(),
  dueOn: Day.nullable(),
  amountCents: Cents,
  /** The one it announces. */
  mandate: z.object({ id: Id, reference: z.string(), ibanEnding: z.string() }).nullable(),
  sequence: z.enum(['FRST', 'RCUR']).nullable(),
  why: z.enum(notCollectableWhys).nullable(),
  /** The first day on which it could be. */
  earliestOn: Day.nullable(),
})
export type Collectable = z.infer<typeof Collectable>

export const proposeDirectDebit = endpoint({
  ...read,
  method: 'GET',
  path: '/direct-debits/proposal',
  summary: 'Invoices that announce a direct debit, which of them can be collected on a day, and why not',
  input: { query: z.object({ collectOn: Day.optional() }) },
  output: z.object({
    /** The day asked for, or the first on which banks work and were told early enough. */
    collectOn: Day,
    earliestOn: Day,
    /** Null: the settings of that day name no IBAN or no ICS. */
    creditor: z.object({ name: z.string(), id: z.string(), ibanEnding: z.string() }).nullable(),
    rows: z.array(Collectable),
    totalCents: Cents,
  }),
})

export const collectionStates = ['pending', 'collected', 'returned'] as const
export const Collection = z.object({
  id: Id,
  invoiceId: Id,
  number: z.string(),
  client: PaymentClient,
  mandateReference: z.string(),
  ibanEnding: z.string(),
  endToEndId: z.string(),
  sequence: z.enum(['FRST', 'RCUR', 'FNAL', 'OOFF']),
  amountCents: Cents,
  state: z.enum(collectionStates),
  paymentId: Id.nullable(),
  returnCode: z.string().nullable(),
  returnedOn: Day.nullable(),
})
export type Collection = z.infer<typeof Collection>

export const DirectDebit = z.object({
  id: Id,
  messageId: z.string(),
  collectOn: Day,
  transactions: z.int(),
  totalCents: Cents,
  sha256: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  sentAt: Instant.nullable(),
  pending: z.int(),
  collected: z.int(),
  returned: z.int(),
})
export type DirectDebit = z.infer<typeof DirectDebit>

export const listDirectDebits = endpoint({
  ...read,
  method: 'GET',
  path: '/direct-debits',
  summary: 'Direct debit files, newest first, at most two hundred',
  output: z.object({ rows: z.array(DirectDebit) }),
})

export const getDirectDebit = endpoint({
  ...read,
  method: 'GET',
  path: '/direct-debits/:id',
  summary: 'One direct debit file with what it collects',
  input: { params: one },
  output: DirectDebit.extend({ collections: z.array(Collection) }),
})

export const painVersions = ['pain.008.001.02', 'pain.008.001.08'] as const
export const prepareDirectDebit = endpoint({
  ...write,
  method: 'POST',
  path: '/direct-debits',
  records: 'direct_debit.prepared',
  stepUp: true,
  summary: 'Writes the file by which the bank collects some invoices on a day (pain.008)',
  status: 201,
  input: {
    body: z.object({
      collectOn: Day,
      invoiceIds: z.array(Id).min(1).max(10_000),
      version: z.enum(painVersions).default('pain.008.001.08'),
    }),
  },
  output: DirectDebit,
  refusals: [creditorMissing, collectionDayWrong, notCollectable],
})

export const downloadDirectDebit = endpoint({
  method: 'GET',
  path: '/direct-debits/:id/file',
  realm: 'staff',
  may: 'payments.write',
  records: 'direct_debit.downloaded',
  stepUp: true,
  summary: 'The file for the bank: it bears whole IBANs',
  input: { params: one },
  /** As text and not as a stream: whoever is asked for a second factor goes on where they were. */
  output: z.object({ name: z.string(), xml: z.string() }),
})

export const markDirectDebitSent = endpoint({
  ...write,
  method: 'POST',
  path: '/direct-debits/:id/sending',
  records: 'direct_debit.handed_in',
  about: 'direct_debit',
  summary: 'Says that the bank has the file',
  input: { params: one },
  output: DirectDebit,
  refusals: [directDebitSent],
})

export const bookDirectDebit = endpoint({
  ...write,
  method: 'POST',
  path: '/direct-debits/:id/collection',
  records: 'direct_debit.collected',
  about: 'direct_debit',
  summary:
    'Writes down that the bank collected it: what is pending is paid; its bank may take it back for weeks',
  input: { params: one },
  output: DirectDebit,
  refusals: [directDebitEarly, collectionDecided],
})

/** ISO 20022 external reason codes a debtor's bank sends a direct debit back with (EPC173-14). */
export const returnCodes = [
  'AC01',
  'AC04',
  'AC06',
  'AC13',
  'AG01',
  'AG02',
  'AM04',
  'AM05',
  'BE05',
  'CNOR',
  'DNOR',
  'ED05',
  'FF01',
  'MD01',
  'MD02',
  'MD06',
  'MD07',
  'MS02',
  'MS03',
  'RC01',
  'RR01',
  'RR02',
  'RR03',
  'RR04',
  'SL01',
] as const
export const ReturnCode = z.enum(returnCodes)
export type ReturnCode = z.infer<typeof ReturnCode>

export const returnCollection = endpoint({
  ...write,
  method: 'POST',
  path: '/direct-debits/collections/:id/return',
  records: 'direct_debit.returned',
  about: 'sepa_collection',
  summary: 'Writes down that the debtor’s bank sent one collection back: its invoice is owed again',
  input: { params: one, body: z.object({ code: ReturnCode, returnedOn: Day }) },
  output: Collection,
  refusals: [collectionDecided],
})

export const importReturns = endpoint({
  ...write,
  method: 'POST',
  path: '/direct-debits/returns',
  records: 'direct_debit.returns_imported',
  about: 'direct_debit',
  summary:
    'Takes over what a bank sent back (pain.002): each invoice is owed again, once however often it is told',
  input: {
    query: z.object({ name: line(200) }),
    file: {
      maxBytes: 1024 * 1024,
      mediaTypes: ['application/xml', 'text/xml', 'application/octet-stream'],
    },
  },
  output: z.object({
    returned: z.array(Collection),
    /** Told before. */
    known: z.int(),
    /** End-to-end ids that are none of ours. */
    unknown: z.array(z.string()),
  }),
  refusals: [returnFileUnreadable],
})
