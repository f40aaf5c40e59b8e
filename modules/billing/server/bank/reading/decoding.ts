/** Bytes to text: banks write UTF-8, Windows-1252 or UTF-16, and seldom say which. */
import { NoStatement } from './statement.ts'

export function decoded(bytes: Uint8Array): { text: string; encoding: string } {
  const [one, two, three] = bytes
  if (one === 0xff && two === 0xfe) return as('utf-16le', bytes)
  if (one === 0xfe && two === 0xff) return as('utf-16be', bytes)
  if (one === 0xef && two === 0xbb && three === 0xbf) return as('utf-8', bytes)
  // A zero byte stands in no text of one byte a sign.
  if (bytes.includes(0)) throw new NoStatement('unreadable')
  try {
    return as('utf-8', bytes)
  } catch {
    return as('windows-1252', bytes)
  }
}

function as(encoding: string, bytes: Uint8Array): { text: string; encoding: string } {
  return { text: new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes), encoding }
}
