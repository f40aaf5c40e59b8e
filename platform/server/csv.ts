/** A line of CSV as French spreadsheets open it: semicolons, CRLF (RFC 4180), nothing they would compute. */
export function csvLine(cells: readonly string[], separator = ';'): string {
  return `${cells.map((cell) => quoted(neutral(cell), separator)).join(separator)}\r\n`
}

/** Without it Excel would read the accents wrongly. */
export const byteOrderMark = '\uFEFF'

/**
 * What a spreadsheet would compute is kept from it by an apostrophe (OWASP, "CSV Injection", full-width signs too); our
 * import drops it again. A figure below zero is one, and is added up as such.
 */
function neutral(cell: string): string {
  if (/^-\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(cell)) return cell
  return /^\s*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
