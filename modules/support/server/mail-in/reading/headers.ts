/** The head of a mail: its lines in their order, the first of each being the one that counts. */
import { createHash } from 'node:crypto'
import libmime from 'libmime'
import { parseAddressHeader } from 'mailparser'
import type { MailPerson } from '../incoming.ts'
import { inOneLine, lettersOf } from './charsets.ts'

export type Head = readonly { key: string; value: string }[]

/** As the splitter has them: every character is a byte. */
export function headOf(lines: readonly { key: string; line: string }[]): Head {
  return lines.map(({ key, line }) => ({
    key,
    value: lettersOf(Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1'), undefined)
      .replaceAll(/\r?\n[ \t]?/g, ' ')
      .trim(),
  }))
}

export function all(head: Head, key: string): string[] {
  return head.filter((line) => line.key === key).map(({ value }) => value)
}

export function first(head: Head, key: string): string {
  return head.find((line) => line.key === key)?.value ?? ''
}

/** Encoded words read (RFC 2047), in one line. */
export function words(value: string, most = 500): string {
  return inOneLine(decoded(value.slice(0, most * 20)), most)
}

function decoded(value: string): string {
  try {
    return libmime.decodeWords(value)
  } catch {
    return value
  }
}

/** Each once, in their order. RFC 5322, section 3.6.4; what stands without angles is taken as it stands. */
export function messageIds(value: string, most: number): string[] {
  const found = value.includes('<')
    ? [...value.matchAll(/<\s*([^<>\s]{1,990})\s*>/g)].map(([, id = '']) => id)
    : value.split(/[\s,]+/).filter((id) => /^[^<>\s]{1,990}$/.test(id))
  // The oldest names the beginning, the last ones what is answered.
  const ids = [...new Set(found.map(shortId).filter((id) => id !== ''))]
  return ids.length <= most ? ids : [...ids.slice(0, 1), ...ids.slice(1 - most)]
}

/** More than any program writes, and less than what an index takes in. */
const longestId = 250

/** Of one that is longer, or of other letters than a Message-ID has, what it alone comes to: it is known again by that. */
function shortId(said: string): string {
  const id = inOneLine(said, 990)
  if (id === '' || (id.length <= longestId && /^[!-~]+$/.test(id))) return id
  return `sha256-${createHash('sha256').update(id).digest('hex')}`
}

const longestList = 1_000_000

/** All that a header names, its groups opened: the first ones, and how many. */
export function people(values: readonly string[], most: number): { people: MailPerson[]; count: number } {
  const text = values.join(', ')
  if (text.length > longestList) return { people: [], count: 0 }
  let listed: { name: string; address?: string }[]
  try {
    listed = parseAddressHeader(text, { flatten: true, decodePunycode: false }).value
  } catch {
    return { people: [], count: 0 }
  }
  const named = listed.flatMap(({ name, address }) => {
    const email = (address ?? '').trim().toLowerCase()
    return isAddress(email) ? [{ name, email }] : []
  })
  return {
    people: named.slice(0, most).map(({ name, email }) => ({ name: inOneLine(name, 200), email })),
    count: named.length,
  }
}

/** One that mail can go to without quoting. */
export const isAddress = (email: string) =>
  email.length <= 254 && /^[^\s@"(),:;<>[\]\\\p{Cc}]+@[^\s@"(),:;<>[\]\\\p{Cc}]+$/u.test(email)

/** Null for what is none, and for years nobody wrote mail in. */
export function dateOf(value: string): Date | null {
  const time = Date.parse(value.replaceAll(/\([^()]*\)/g, ' ').trim())
  const date = new Date(time)
  return Number.isNaN(time) || date.getUTCFullYear() < 1970 || date.getUTCFullYear() > 2200 ? null : date
}
