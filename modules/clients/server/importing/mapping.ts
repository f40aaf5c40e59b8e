// Which column of the file holds which field. What is known by its heading is proposed; what the person says wins.
import {
  clientFields,
  headingKey,
  isClientField,
  knownField,
  requiredFields,
  type ClientField,
} from './client-fields.ts'
import { FileRefusal } from './file-refusal.ts'

/** Field to heading; `null` says that the field is not in the file although a heading looks like it. */
export type Mapping = Partial<Record<ClientField, string | null>>

/** Field to position of its column. */
export type Columns = Partial<Record<ClientField, number>>

/** The heading row, trimmed. Two columns with one heading could not be told apart, so they are refused. */
export function checkHeadings(cells: string[] | undefined): string[] {
  const headings = (cells ?? []).map((cell) => cell.trim())
  // A row with an e-mail address in it is a client and not a heading row.
  const looksLikeData = headings.some((heading) => heading.includes('@'))
  if (looksLikeData || headings.every((heading) => heading === ''))
    throw new FileRefusal('import_file_header_missing')
  const seen = new Set<string>()
  for (const heading of headings) {
    if (heading === '') continue // a column nobody named cannot be mapped, and harms nobody
    const key = headingKey(heading) || heading
    if (seen.has(key)) throw new FileRefusal('import_file_heading_duplicate', { heading })
    seen.add(key)
  }
  return headings
}

/** What the headings say by themselves; a field that two of them claim is left for the person to decide. */
export function proposeMapping(headings: string[]): Mapping {
  const mapping: Mapping = {}
  for (const field of clientFields) {
    const claims = headings.filter((heading) => knownField(heading) === field)
    if (claims.length === 1 && claims[0] !== undefined) mapping[field] = claims[0]
  }
  return mapping
}

/** The proposal with the person's choices over it. */
export function resolveColumns(headings: string[], chosen: Record<string, string | null> = {}): Columns {
  const columns: Columns = {}
  for (const [field, heading] of Object.entries(chosen)) {
    if (!isClientField(field)) throw new FileRefusal('import_mapping_field_unknown', { field })
    if (heading === null) continue
    const at = headings.findIndex(
      (known) => known !== '' && (headingKey(known) || known) === (headingKey(heading) || heading),
    )
    if (at < 0) throw new FileRefusal('import_mapping_heading_unknown', { field, heading })
    if (Object.values(columns).includes(at))
      throw new FileRefusal('import_mapping_heading_twice', { heading })
    columns[field] = at
  }
  for (const field of clientFields) {
    if (field in chosen) continue
    const claims = headings.filter((heading) => knownField(heading) === field)
    const free = claims
      .map((heading) => headings.indexOf(heading))
      .filter((at) => !Object.values(columns).includes(at))
    if (free.length > 1) throw new FileRefusal('import_column_ambiguous', { field, headings: claims })
    if (free[0] !== undefined) columns[field] = free[0]
  }
  // Not one heading known: the first row is a client, whom we would otherwise swallow as headings.
  if (Object.keys(columns).length === 0) throw new FileRefusal('import_file_header_missing')
  for (const field of requiredFields) {
    if (columns[field] === undefined) throw new FileRefusal('import_column_missing', { field })
  }
  return columns
}
