/** Where something stands in a text: the parser counts bytes of UTF-8 in its tree and characters in its errors. */
import type { Place } from './parsing.ts'

export type Places = ReturnType<typeof placesOf>

const word = /^(?:[uU]&)?"(?:[^"]|"")*"|^[\p{L}_][\p{L}\p{N}_$]*|^'(?:[^']|'')*'|^\d[\d._]*|^\S/u
const name =
  /^(?:(?:[uU]&)?"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:(?:[uU]&)?"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*/u

export function placesOf(text: string) {
  const bytes = Buffer.from(text)
  // Most texts are ASCII, where both counts are one.
  const plain = bytes.length === text.length
  const unitAt = (byte: number) => (plain ? byte : bytes.toString('utf8', 0, byte).length)

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
      const trailing = /[ \t\n\r\f\v]*$/.exec(slice)?.[0].length ?? 0
      return { from: start + skipped, to: start + Math.max(skipped, slice.length - trailing) }
    },
  }
}

/** As PostgreSQL sees it: other blanks are letters of a name to it, and comments nest. */
function leading(text: string): number {
  let at = 0
  for (;;) {
    const rest = text.slice(at)
    const blank = /^[ \t\n\r\f\v]+/.exec(rest)?.[0] ?? /^--[^\n\r]*/.exec(rest)?.[0] ?? nested(rest)
    if (!blank) return at
    at += blank.length
  }
}

function nested(text: string): string {
  if (!text.startsWith('/*')) return ''
  let depth = 0
  for (const mark of text.matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return text.slice(0, mark.index + 2)
  }
  return text
}
