// Which column of the file holds which field. What is known by its heading is proposed; what the person says wins.
import { importFields, requiredFields, type ImportField, type ImportMapping } from '#contract/clients'
import { FileRefusal } from './file-refusal.ts'
import { headingKey, isImportField, knownField } from './known-headings.ts'

/** Field to position of its column. */
export type Columns = Partial<Record<ImportField, number>>

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
    const key = nameOf(heading)
    if (seen.has(key)) throw new FileRefusal('import_file_heading_duplicate', { heading })
    seen.add(key)
  }
  return headings
}

/** What the headings say by themselves; a field that two of them claim is left for the person to decide. */
export function proposeMapping(headings: string[]): ImportMapping {
  const mapping: ImportMapping = {}
  for (const field of importFields) {
    const [claim, rival] = claimsOn(field, headings)
    if (claim !== undefined && rival === undefined) mapping[field] = headings[claim]
  }
  return mapping
}

/** The proposal with the person's choices over it. A choice of `null` says that no column holds the field. */
export function resolveColumns(
  headings: string[],
  chosen: Record<string, string | null | undefined> = {},
): Columns {
  const columns = chosenColumns(headings, chosen)
  for (const field of importFields) {
    if (chosen[field] !== undefined) continue
    const claims = claimsOn(field, headings).filter((at) => !Object.values(columns).includes(at))
    if (claims.length > 1) {
      const rivals = claims.flatMap((at) => headings[at] ?? [])
      throw new FileRefusal('import_column_ambiguous', { field, headings: rivals })
    }
    if (claims[0] !== undefined) columns[field] = claims[0]
  }
  // Not one heading known: the first row is a client, whom we would otherwise swallow as headings.
  if (Object.keys(columns).length === 0) throw new FileRefusal('import_file_header_missing')
  const [missing] = missingFields(columns)
  if (missing) throw new FileRefusal('import_column_missing', { field: missing })
  return columns
}

/** The choices alone, each checked. */
export function chosenColumns(
  headings: string[],
  chosen: Record<string, string | null | undefined>,
): Columns {
  const columns: Columns = {}
  for (const [field, heading] of Object.entries(chosen)) {
    if (!isImportField(field)) throw new FileRefusal('import_mapping_field_unknown', { field })
    if (heading === null || heading === undefined) continue
    const at = headings.findIndex((known) => known !== '' && nameOf(known) === nameOf(heading))
    if (at < 0) throw new FileRefusal('import_mapping_heading_unknown', { field, heading })
    if (Object.values(columns).includes(at))
      throw new FileRefusal('import_mapping_heading_twice', { heading })
    columns[field] = at
  }
  return columns
}

export function missingFields(columns: Columns): ImportField[] {
  return requiredFields.filter((field) => columns[field] === undefined)
}

function claimsOn(field: ImportField, headings: string[]): number[] {
  return headings.flatMap((heading, at) => (knownField(heading) === field ? [at] : []))
}

/** A heading of signs only has no letters to be compared by. */
function nameOf(heading: string): string {
  return headingKey(heading) || heading
}
