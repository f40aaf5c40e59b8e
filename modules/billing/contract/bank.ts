/** What the bank says came in: statements as CSV or CAMT.053, and whose payment each line probably is. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { fileGone } from '#platform/contract/jobs.ts'
import { refusal } from '#platform/contract/refusal.ts'
import {
  Allocation,
  allocationTooLarge,
  invoiceNotPayable,
  invoiceOverpaid,
  PaymentClient,
} from './payments.ts'

/** A year of a busy account has fewer. */
export const maxBankTransactions = 20_000
export const maxBankBytes = 10 * 1024 * 1024

/** What a column of a bank's CSV can be; `credit` and `debit` stand where the bank has two columns of amounts. */
export const bankColumns = [
  'bookedOn',
  'label',
  'amount',
  'credit',
  'debit',
  'reference',
  'counterparty',
] as const
export const BankColumn = z.enum(bankColumns)
export type BankColumn = z.infer<typeof BankColumn>

const columnChoice = z.int().min(0).max(99).nullable().optional()
/** Which column, counted from 0, holds what. */
export const BankLayout = z.strictObject({
  bookedOn: columnChoice,
  label: columnChoice,
  amount: columnChoice,
  credit: columnChoice,
  debit: columnChoice,
  reference: columnChoice,
  counterparty: columnChoice,
})
export type BankLayout = z.infer<typeof BankLayout>

const Statement = z.object({
  bookedOn: Day,
  amountCents: Cents,
  label: z.string(),
  reference: z.string(),
  counterparty: z.string(),
})

export const BankFilePreview = z.object({
  id: Id,
  name: z.string(),
  format: z.enum(['camt.053', 'csv']),
  /** Of a CSV: how it was understood. */
  encoding: z.string(),
  separator: z.string(),
  headings: z.array(z.string()),
  layout: BankLayout,
  /** Columns that have to be chosen before it can be imported. */
  missing: z.array(BankColumn),
  transactions: z.int(),
  /** Of them, those an earlier file brought already. */
  known: z.int(),
  creditCents: Cents,
  debitCents: Cents,
  from: Day.nullable(),
  until: Day.nullable(),
  /** Lines that cannot be read, at most twenty of them: they are told, never guessed. */
  unreadable: z.array(z.object({ line: z.int(), code: z.enum(['date', 'amount', 'empty']) })),
  unreadableCount: z.int(),
  /** The accounts it says it is of, by their last four signs; a CSV says none. */
  statedAccounts: z.array(z.object({ ending: z.string(), isOurs: z.boolean() })),
  /**
   * Ours. A person says which it is of, where the file does not and several are current: in force or approved for later. An old
   * statement may be of a former one.
   */
  accounts: z.array(z.object({ id: Id, company: z.string(), ending: z.string(), isCurrent: z.boolean() })),
  sample: z.array(Statement),
  /** When the very same file was imported already; without a stated account under any, until a person names another one. */
  importedAt: Instant.nullable(),
})
export type BankFilePreview = z.infer<typeof BankFilePreview>

/** Neither a CSV nor a CAMT.053 statement in euros. */
export const bankFileUnreadable = refusal('bank_file_unreadable', 422)
export const bankFileTooLong = refusal('bank_file_too_long', 422)
export const bankFileTwice = refusal('bank_file_twice')
export const bankColumnMissing = refusal('bank_column_missing', 422)
/** Some of its lines cannot be read: nothing of it is taken. */
export const bankLinesUnreadable = refusal('bank_lines_unreadable', 422)
/** It is of an account that is none of ours, and nobody said that it is to be taken all the same; `details.endings`. */
export const bankAccountForeign = refusal('bank_account_foreign', 422)
/** It does not say of which of our accounts it is; `details.accounts`. */
export const bankAccountMissing = refusal('bank_account_missing', 422)
export const bankTransactionDecided = refusal('bank_transaction_decided')
export const bankTransactionOpen = refusal('bank_transaction_open')
/** The bank paid a direct debit file, or took a collection back: what is booked is the collections, not this line. */
export const bankTransactionOfDebit = refusal('bank_transaction_of_debit', 422)

const write = {
  realm: 'staff',
  may: 'payments.write',
  stepUp: false,
} as const

export const uploadBankFile = endpoint({
  ...write,
  method: 'POST',
  path: '/bank/files',
  records: 'bank_file.uploaded',
  summary: 'Sends a bank statement (CAMT.053 or CSV) and says how it is understood; nothing is imported yet',
  status: 201,
  input: {
    query: z.object({ name: line(200) }),
    file: {
      maxBytes: maxBankBytes,
      mediaTypes: [
        'text/csv',
        'application/octet-stream',
        'text/plain',
        'application/vnd.ms-excel',
        'application/xml',
        'text/xml',
      ],
    },
  },
  output: BankFilePreview,
  refusals: [bankFileUnreadable, bankFileTooLong],
})

const queryColumn = z.coerce.number().int().min(0).max(99).optional()
export const previewBankFile = endpoint({
  method: 'GET',
  path: '/bank/files/:id',
  realm: 'staff',
  may: 'payments.write',
  summary: 'How a bank statement would be read with a choice of columns',
  input: {
    params: z.object({ id: Id }),
    query: z.object({
      bookedOn: queryColumn,
      label: queryColumn,
      amount: queryColumn,
      credit: queryColumn,
      debit: queryColumn,
      reference: queryColumn,
      counterparty: queryColumn,
      /** Of a file that says none: which of `accounts` it would be of; equal lines of another are others. */
      accountId: Id.optional(),
    }),
  },
  output: BankFilePreview,
  refusals: [fileGone],
})

export const BankImport = z.object({
  id: Id,
  name: z.string(),
  format: z.enum(['camt.053', 'csv']),
  transactions: z.int(),
  known: z.int(),
  /** Lines that could not be read. */
  leftOut: z.int(),
  /** Last four signs of the accounts it is of. */
  accountEndings: z.array(z.string()),
  importedAt: Instant,
  importedBy: z.string().nullable(),
  /** Of its new ones: still without a decision. */
  open: z.int(),
})
export type BankImport = z.infer<typeof BankImport>

export const importBankFile = endpoint({
  ...write,
  method: 'POST',
  path: '/bank/imports',
  records: 'bank_file.imported',
  summary: 'Takes over the transactions of a statement; those that are known are left alone',
  status: 201,
  input: {
    body: z.object({
      fileId: Id,
      layout: BankLayout.optional(),
      /** Of a file that says none: which of `accounts` it is of. */
      accountId: Id.optional(),
      /** The account is none that we declared, and it is ours all the same. */
      takesForeign: z.boolean().default(false),
      /** Lines that cannot be read are left out. */
      leavesOut: z.boolean().default(false),
    }),
  },
  output: BankImport,
  refusals: [
    fileGone,
    bankFileTwice,
    bankColumnMissing,
    bankLinesUnreadable,
    bankAccountForeign,
    bankAccountMissing,
  ],
  touches: ['payments'],
})

export const listBankImports = endpoint({
  method: 'GET',
  path: '/bank/imports',
  realm: 'staff',
  may: 'payments.write',
  summary: 'Statements that were imported, newest first',
  output: z.object({ rows: z.array(BankImport) }),
  refreshedBy: ['payments'],
})

/** Why a suggestion is one; each is worth points (`server/bank/scoring.ts`). */
export const matchReasons = [
  'number',
  'number_paid',
  'end_to_end',
  'amount',
  'amount_of_all',
  'amount_part',
  'amount_over',
  'name',
  'email_name',
  'account',
] as const
export const MatchSuggestion = z.object({
  client: PaymentClient,
  allocations: z.array(Allocation.extend({ number: z.string(), outstandingCents: Cents })),
  /** What would stay as the client's credit. */
  creditCents: Cents,
  score: z.int().min(0).max(100),
  reasons: z.array(z.object({ code: z.enum(matchReasons), points: z.int() })),
  /** Nobody else comes near it: confirmed together with the others that are. */
  sure: z.boolean(),
})
export type MatchSuggestion = z.infer<typeof MatchSuggestion>

export const bankStates = ['to_match', 'matched', 'set_aside'] as const
/** Why a line is no client's payment: money that leaves, the credit of a whole direct debit file, or by a person's word. */
export const BankTransaction = z.object({
  id: Id,
  bookedOn: Day,
  amountCents: Cents,
  label: z.string(),
  reference: z.string(),
  counterparty: z.string(),
  counterpartyEnding: z.string(),
  state: z.enum(bankStates),
  why: z.string(),
  payment: z.object({ id: Id, client: PaymentClient }).nullable(),
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  statement: z.object({ id: Id, name: z.string(), accountEndings: z.array(z.string()) }),
  /** Invoices it names that are paid already. */
  namesPaid: z.array(z.object({ id: Id, number: z.string() })),
  /** A line of another file that tells the same amount in much the same words, on the same day or some days apart. */
  twin: z.object({ id: Id, statement: z.string(), bookedOn: Day, state: z.enum(bankStates) }).nullable(),
  /** Of one that waits, the best first. */
  suggestions: z.array(MatchSuggestion),
})
export type BankTransaction = z.infer<typeof BankTransaction>

export const listBankTransactions = endpoint({
  method: 'GET',
  path: '/bank/transactions',
  realm: 'staff',
  may: 'payments.write',
  summary: 'Lines of the statements with whose payment each probably is',
  input: {
    query: z.object({
      ...pageQuery,
      state: z.enum(bankStates).default('to_match'),
      import: Id.optional(),
      q: line(100).optional(),
    }),
  },
  output: pageOf(BankTransaction).extend({
    counts: z.object({ to_match: z.int(), matched: z.int(), set_aside: z.int() }),
  }),
  refreshedBy: ['payments', 'invoices'],
})

const one = z.object({ id: Id })
const about = { about: 'bank_transaction', touches: ['payments', 'invoices'] } as const

export const matchBankTransaction = endpoint({
  ...write,
  ...about,
  method: 'POST',
  path: '/bank/transactions/:id/match',
  records: 'bank_transaction.matched',
  summary: 'Says whose payment a line of the statement is, and what it pays',
  input: {
    params: one,
    body: z.object({ clientId: Id, allocations: z.array(Allocation).max(200) }),
  },
  output: z.object({ paymentId: Id }),
  refusals: [bankTransactionDecided, allocationTooLarge, invoiceOverpaid, invoiceNotPayable],
})

/** One after the other, each looked at anew: what another has paid meanwhile is left for a person. */
export const matchSureBankTransactions = endpoint({
  ...write,
  ...about,
  method: 'POST',
  path: '/bank/transactions/matching',
  records: 'bank_transaction.matched',
  summary: 'Confirms the suggestions that are sure, of all lines or of some',
  input: { body: z.object({ ids: z.array(Id).min(1).max(500) }) },
  output: z.object({
    matched: z.array(Id),
    /** `not_sure`: no longer, what it names having been paid meanwhile, say. */
    left: z.array(z.object({ id: Id, why: z.enum(['decided', 'not_sure']) })),
  }),
})

export const setAsideBankTransaction = endpoint({
  ...write,
  ...about,
  method: 'POST',
  path: '/bank/transactions/:id/setting-aside',
  records: 'bank_transaction.dismissed',
  summary: 'Says that a line of the statement is no client’s payment, and why',
  status: 204,
  input: { params: one, body: z.object({ why: line(200).min(1) }) },
  output: z.null(),
  refusals: [bankTransactionDecided],
})

export const reopenBankTransaction = endpoint({
  ...write,
  ...about,
  method: 'DELETE',
  path: '/bank/transactions/:id/decision',
  records: 'bank_transaction.reopened',
  summary: 'Takes back what was decided of a line: a payment made of it is taken back as a mistake',
  status: 204,
  input: { params: one },
  output: z.null(),
  refusals: [bankTransactionOpen, bankTransactionOfDebit],
})
