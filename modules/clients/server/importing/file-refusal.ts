// A file that cannot be read as a list of clients is refused as a whole, naming the place.
// A bad row inside a readable file is no refusal: it is reported (row-codes.ts).

export const fileRefusalCodes = [
  'import_file_empty',
  'import_file_too_large',
  'import_file_binary',
  'import_file_encoding',
  'import_file_header_missing',
  'import_file_heading_duplicate',
  'import_file_quote_unclosed',
  'import_file_quote_misplaced',
  'import_file_cell_too_long',
  'import_file_row_too_wide',
  'import_file_truncated',
  'import_column_missing',
  'import_column_ambiguous',
  'import_mapping_field_unknown',
  'import_mapping_heading_unknown',
  'import_mapping_heading_twice',
] as const

export type FileRefusalCode = (typeof fileRefusalCodes)[number]

/** What the sentence shown to the person needs: a physical line of the file (from 1), a heading, a limit… */
export type FileRefusalDetails = {
  line?: number
  heading?: string
  headings?: string[]
  field?: string
  limit?: number
  found?: number
}

export class FileRefusal extends Error {
  readonly code: FileRefusalCode
  readonly details: FileRefusalDetails

  constructor(code: FileRefusalCode, details: FileRefusalDetails = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.name = 'FileRefusal'
    this.code = code
    this.details = details
  }
}
