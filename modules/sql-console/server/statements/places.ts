/** Where something stands in a text: the parser counts bytes of UTF-8 in its tree and characters in its errors. */
import type { Place } from './parsing.ts'

export type Places = ReturnType<typeof placesOf>

const word =
  /^(?:[uU]&)?"(?:[^"]|"")*"|^[\p{L}_][\p{L}\p{N}_$]*|^'(?:[^']|'')*'|^\$\d+|^\d[\d._]*|^[-+*/<>=~!@#%^&|`?]+|^\S/u
const name =
  /^(?:(?:[uU]&)?"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:(?:[uU]&)?"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*/u

export function placesOf(text: string) {
  const bytes = Buffer.from(text)
  // Most texts are ASCII, where both counts are one.
  const plain = bytes.length === text.length
  const unitAt = plain ? (byte: number) => byte : unitsOf(bytes)

  const matching = (pattern: RegExp, from: number): Place => {
    const [found = ''] = pattern.exec(text.slice(from, from + 400)) ?? []
    return { from, to: Math.min(text.length, from + (found.length || 1)) }
  }

  return {
    byteAt: (unit: number) => (plain ? unit : Buffer.byteLength(text.slice(0, unit))),
    /** The name, qualified or not, that begins at a byte. */
    nameAt: (byte: number) => matching(name, unitAt(byte)),
    wordAt: (byte: number) => matching(word, unitAt(byte)),
    /** @param character counted from 0; beyond the end is the end */
    wordAtCharacter(character: number): Place {
      const before = [...text].slice(0, Math.max(0, character)).join('')
      return before.length >= text.length
        ? { from: text.trimEnd().length, to: text.length }
        : matching(word, before.length)
    },
    /** What lies between two bytes, without the blanks and comments it begins and ends with. */
    trimmed(from: number, to?: number): Place {
      const start = unitAt(from)
      const slice = text.slice(start, to === undefined ? undefined : unitAt(to))
      const skipped = leading(slice)
      let end = slice.length
      while (end > skipped && blanks.has(slice[end - 1] ?? '')) end--
      return { from: start + skipped, to: start + end }
    },
  }
}

const blanks = new Set(' \t\n\r\f\v')

/** How many units stand before a byte: counted once for every thousand, since a long text is asked about often. */
function unitsOf(bytes: Buffer): (byte: number) => number {
  const step = 1_024
  const marks = [0]
  for (let at = 0; at < bytes.length; at += step)
    marks.push((marks.at(-1) ?? 0) + units(bytes, at, at + step))
  return (byte) => {
    const mark = Math.floor(Math.min(byte, bytes.length) / step)
    return (marks[mark] ?? 0) + units(bytes, mark * step, byte)
  }
}

/** A byte that continues a letter counts nothing, one that begins a letter of four bytes two. */
function units(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < Math.min(to, bytes.length); at++) {
    const byte = bytes[at] ?? 0
    if ((byte & 0xc0) !== 0x80) count += byte >= 0xf0 ? 2 : 1
  }
  return count
}

/** As PostgreSQL sees it: other blanks are letters of a name to it, and comments nest. */
function leading(text: string): number {
  let at = 0
  for (;;) {
    if (blanks.has(text[at] ?? '')) at++
    else if (text.startsWith('--', at)) at = lineEnd(text, at)
    else if (text.startsWith('/*', at)) at = commentEnd(text, at)
    else return at
  }
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function commentEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length;) {
    const step = text.startsWith('/*', at) ? 1 : text.startsWith('*/', at) ? -1 : 0
    depth += step
    at += step === 0 ? 1 : 2
    if (depth === 0) return at
  }
  return text.length
}
