// A file that cannot be read as a list of clients is refused as a whole, naming the place.
// A bad row inside a readable file is no refusal: it is reported (row-codes.ts).

import { columnAmbiguous, columnMissing, fileRefusals, headingTwice, headingUnknown } from '#contract/clients'
import type { Refusal } from '#platform/contract/refusal.ts'

/** What the API may answer. */
const onTheWire = [...fileRefusals, columnMissing, columnAmbiguous, headingUnknown, headingTwice] as const

/** What only the command line can run into: the API checks sizes and names of fields before we see them. */
const elsewhere = ['import_file_too_large', 'import_mapping_field_unknown'] as const

export type FileRefusalCode = (typeof onTheWire)[number]['code'] | (typeof elsewhere)[number]

export const fileRefusalCodes: readonly FileRefusalCode[] = [
  ...onTheWire.map(({ code }) => code),
  ...elsewhere,
]

export function wireRefusal(code: FileRefusalCode): Refusal | undefined {
  return onTheWire.find((refusal) => refusal.code === code)
}

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
