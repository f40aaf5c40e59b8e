// Small cleaning of what stands in a cell, before any rule looks at it.

/**
 * Trimmed (non-breaking spaces too), composed (NFC), control characters out, newlines as LF.
 * An apostrophe before = + - @ is how our own export keeps spreadsheets from computing a cell: it is no part of the value.
 */
export function cleanCell(cell: string): string {
  const trimmed = cell.trim()
  if (isCleanAlready(trimmed)) return trimmed
  return trimmed
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/^'(?=[=+\-@＝＋－＠])/, '')
    .trim()
}

/** Nearly every cell is, and 100,000 clients have more than a million cells: this loop spares them four regular expressions. */
function isCleanAlready(text: string): boolean {
  if (text.charCodeAt(0) === apostrophe) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // Below U+0300 nothing combines, so NFC changes nothing; U+2019 is the typographic apostrophe.
    if (code < 0x20 || (code > 0x7e && code < 0xa0) || (code > 0x2ff && code !== 0x2019)) return false
  }
  return true
}

const apostrophe = 0x27

/** Every run of white space, line breaks too, as one space. */
export function oneLine(text: string): string {
  return text.includes('  ') || otherSpace.test(text) ? text.replaceAll(/\s+/g, ' ') : text
}

const otherSpace = /[^\S ]/

/** A number as people group it, without its spaces and dots. */
export function ungrouped(text: string): string {
  return grouping.test(text) ? text.replaceAll(/[\s.]/g, '') : text
}

const grouping = /[\s.]/

/** Words of a closed list are compared without accents and case; punctuation counts ("Actif?" is no status). */
export function wordKey(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
}

/** Spreadsheets drop the zero of "01000"; the department tells it from a Belgian or Swiss code. */
export function postalCode(text: string, department: string | undefined): string {
  return /^\d{4}$/.test(text) && department === `0${text[0]}` ? `0${text}` : text
}
