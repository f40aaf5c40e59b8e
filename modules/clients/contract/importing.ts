import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { fileGone } from '#platform/contract/jobs.ts'

/** What a column of the file can be. */
export const importFields = [
  'lastName',
  'firstName',
  'email',
  'phone',
  'address',
  'postalCode',
  'city',
  'department',
  'status',
  'kind',
  'nextPaymentOn',
  'lastSignInAt',
  'rpps',
  'adeli',
  'siret',
  'origin',
] as const
export const ImportField = z.enum(importFields)
export type ImportField = z.infer<typeof ImportField>

/** Without these three no row can be accepted, so their absence is a mistake in the file, not in every row. */
export const requiredFields = ['lastName', 'email', 'status'] as const satisfies ImportField[]

/** Why a row is rejected: one code a row, the first in this order. */
export const rowCodes = [
  'last_name_missing',
  'email_invalid',
  'email_duplicate_in_file',
  'email_already_exists',
  'status_unknown',
  'department_unknown',
  'date_invalid',
  'siret_invalid',
  'rpps_invalid',
  'kind_unknown',
  'text_too_long',
] as const
export const RowCode = z.enum(rowCodes)
export type RowCode = z.infer<typeof RowCode>

/** Accepted all the same: a zero date was understood as none. */
export const RowWarning = z.literal('date_missing')

/** What an import did, or a dry run would do. `row` counts data rows from 1. */
export const ImportReport = z.object({
  rows: z.int(),
  accepted: z.int(),
  accepted_by_status: z.object({
    active: z.int(),
    prospect: z.int(),
    freemium: z.int(),
    excluded: z.int(),
  }),
  accepted_by_kind: z.object({ practitioner: z.int(), secretary: z.int() }),
  rejected: z.int(),
  errors: z.array(z.object({ row: z.int(), code: RowCode })),
  warnings: z.array(z.object({ row: z.int(), code: RowWarning })),
})
export type ImportReport = z.infer<typeof ImportReport>

const perField = <Type extends z.ZodType>(type: Type) =>
  // Object.fromEntries forgets which names it was given.
  Object.fromEntries(importFields.map((field) => [field, type])) as Record<ImportField, Type>

/** Which heading holds which field; null says that none does. */
export const ImportMapping = z.object(perField(z.string().max(200).nullable().optional())).strict()
export type ImportMapping = z.infer<typeof ImportMapping>

/** What ends the job of an import: the report without its lists, which are files to download. */
export const ImportOutcome = ImportReport.omit({ errors: true, warnings: true }).extend({
  /** What ran: enough to run it again, for real this time. */
  fileId: Id,
  fileName: z.string(),
  mapping: ImportMapping,
  dryRun: z.boolean(),
  warned: z.int(),
  rejectedByCode: z.partialRecord(RowCode, z.int()),
  /** The whole report as JSON, for `/files/:id`. */
  reportFile: Id,
  /** The rejected rows as they stood, each with its reason, as CSV; null when there is none. */
  rejectedFile: Id.nullable(),
  /** The first of them for the page to list, as JSON (`RejectedRows`): kept as a file, which lasts a day, for it names people. */
  rejectedList: Id.nullable().default(null),
})
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** The page lists this many; the rest is in the file. */
export const maxRejectedListed = 200

/** Rejected rows by the words that tell whose they are, as they stood in the file. */
export const RejectedRows = z.array(
  z.object({ row: z.int(), name: z.string(), email: z.string(), code: RowCode }),
)
export type RejectedRows = z.infer<typeof RejectedRows>

export const importJobKind = 'client-import'

/** The file as it is understood so far: enough to choose the columns, and to see what would come of it. */
export const ImportPreview = z.object({
  id: Id,
  name: z.string(),
  bytes: z.int(),
  rows: z.int(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  separator: z.enum([';', ',', '\t', '|']),
  headings: z.array(z.string()),
  mapping: ImportMapping,
  /** Required fields that no column holds yet. */
  missing: z.array(ImportField),
  /** The first rows as they would be read; whether an address is taken is only known to the dry run. */
  sample: z.array(
    z.object({
      row: z.int(),
      values: z.record(z.string(), z.string().nullable()),
      code: RowCode.nullable(),
      warning: RowWarning.nullable(),
    }),
  ),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** About 600,000 clients, twenty times the largest file expected. */
export const maxImportBytes = 100 * 1024 * 1024

/** A file that cannot be read as a list of clients is refused as a whole, naming the place. */
export const fileRefusals = [
  refusal('import_file_empty', 422),
  refusal('import_file_binary', 415),
  refusal('import_file_encoding', 415),
  refusal('import_file_header_missing', 422),
  refusal('import_file_heading_duplicate', 422),
  refusal('import_file_quote_unclosed', 422),
  refusal('import_file_quote_misplaced', 422),
  refusal('import_file_cell_too_long', 422),
  refusal('import_file_row_too_wide', 422),
  refusal('import_file_truncated', 422),
] as const

export const columnMissing = refusal('import_column_missing', 422)
export const columnAmbiguous = refusal('import_column_ambiguous', 422)
export const headingUnknown = refusal('import_mapping_heading_unknown', 422)
export const headingTwice = refusal('import_mapping_heading_twice', 422)

/** The file itself is the body. It is kept a day, and seen by nobody but who sent it. */
export const uploadClientImport = endpoint({
  method: 'POST',
  path: '/clients/imports',
  realm: 'staff',
  may: 'clients.import',
  records: 'client_import.uploaded',
  stepUp: false,
  summary: 'Uploads a CSV file of clients and says how it is understood; nothing is imported yet',
  status: 201,
  input: {
    query: z.object({ name: line(200) }),
    file: {
      maxBytes: maxImportBytes,
      // A browser on Windows takes .csv for a file of Excel.
      mediaTypes: ['text/csv', 'application/octet-stream', 'text/plain', 'application/vnd.ms-excel'],
    },
  },
  output: ImportPreview,
  refusals: fileRefusals,
})

/** Each field may be given the heading of its column; once one is, the others have none. Without any, the headings speak. */
export const previewClientImport = endpoint({
  method: 'GET',
  path: '/clients/imports/:id',
  realm: 'staff',
  may: 'clients.import',
  summary: 'How an uploaded file would be read with a choice of columns',
  input: {
    params: z.object({ id: Id }),
    query: z.object(perField(z.string().max(200).optional())),
  },
  output: ImportPreview,
  refusals: [fileGone, headingUnknown, headingTwice],
})

export const startClientImport = endpoint({
  method: 'POST',
  path: '/clients/imports/:id/runs',
  realm: 'staff',
  may: 'clients.import',
  records: 'client_import.started',
  stepUp: false,
  summary: 'Starts the import of an uploaded file, or its dry run, as a job',
  status: 202,
  input: {
    params: z.object({ id: Id }),
    body: z.object({ mapping: ImportMapping, dryRun: z.boolean() }),
  },
  output: z.object({ jobId: Id }),
  refusals: [fileGone, columnMissing, columnAmbiguous, headingUnknown, headingTwice],
})
