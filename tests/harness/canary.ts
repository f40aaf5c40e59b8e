/** A word that stands nowhere else, and every form in which its bytes may lie about. */
import { randomBytes } from 'node:crypto'

/** With letters that are written otherwise in JSON, in addresses and in each encoding. */
export const newCanary = () => `Énigme${randomBytes(9).toString('hex')}où`

/** @returns the bytes to look for, by the name of the form; whatever stands before and after */
export function formsOf(canary: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(canary)
  const utf16le = Buffer.from(canary, 'utf16le')
  const escaped = JSON.stringify(canary).slice(1, -1)
  const asEscapes = (letters: RegExp) =>
    escaped.replaceAll(letters, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const forms = new Map<string, Buffer>([
    ['UTF-8', utf8],
    ['UTF-16, little end first', utf16le],
    ['UTF-16, big end first', Buffer.from(utf16le).swap16()],
    ['Latin-1', Buffer.from(canary, 'latin1')],
    ['JSON-escaped', Buffer.from(asEscapes(/[^ -~]/g))],
    ['in an address', Buffer.from(encodeURIComponent(canary))],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['hex in capitals', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['hex of UTF-16', Buffer.from(utf16le.toString('hex'))],
  ])
  for (const shift of [0, 1, 2])
    for (const encoding of ['base64', 'base64url'] as const)
      forms.set(`${encoding}, ${shift} bytes in`, Buffer.from(withinBase64(utf8, shift, encoding)))
  return forms
}

/** The letters of Base64 that no neighbour changes, where so many bytes stand before in the group of three. */
function withinBase64(bytes: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
  const first = Math.ceil((shift * 8) / 6)
  const last = Math.floor((whole.length * 8) / 6)
  return whole.toString(encoding).slice(first, last)
}

/** In which forms a word lies in these bytes. */
export function formsIn(bytes: Buffer, forms: ReadonlyMap<string, Buffer>): string[] {
  return [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => name)
}
