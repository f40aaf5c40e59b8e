/** A table as French spreadsheets open it: semicolons, CRLF (RFC 4180), accents they read, nothing they would compute. */
export function csvFile(lines: readonly (readonly string[])[]): Blob {
  return new Blob([`\uFEFF${csvText(lines)}`], { type: 'text/csv;charset=utf-8' })
}

export function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map((cell) => quoted(neutral(cell))).join(';')}\r\n`).join('')
}

/** An apostrophe keeps a spreadsheet from computing (OWASP, "CSV Injection", full-width signs too). */
function neutral(cell: string): string {
  return /^\s*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
