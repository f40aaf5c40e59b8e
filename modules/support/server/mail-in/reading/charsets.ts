/** Bytes to letters, whatever a mail says of them: often nothing, sometimes what is not so. */

const utf8 = new TextDecoder('utf-8', { fatal: true })
const western = new TextDecoder('windows-1252')

/** Never throws: what no alphabet explains is read as most mail programs would. */
export function lettersOf(bytes: Uint8Array, charset: string | undefined): string {
  const called = (charset ?? '').trim().toLowerCase()
  if (/^(?:(?:cs)?unicode-?1-?1-?)?utf-?7$/.test(called)) return utf7(bytes)
  // Whoever says ASCII or nothing writes UTF-8, or else as Windows did; whoever says UTF-8 may be wrong in the same way.
  if (!['', 'us-ascii', 'ascii', 'utf-8', 'utf8', 'unknown-8bit', 'x-unknown'].includes(called)) {
    try {
      return new TextDecoder(called).decode(bytes)
    } catch {
      // Nobody knows that alphabet.
    }
  }
  try {
    return utf8.decode(bytes)
  } catch {
    return cutWithin(bytes) ?? western.decode(bytes)
  }
}

/** UTF-8 that was cut off, within a letter: a text that was too long to be read to its end. */
function cutWithin(bytes: Uint8Array): string | undefined {
  for (let less = 1; less <= 3 && less < bytes.length; less++) {
    try {
      return utf8.decode(bytes.subarray(0, bytes.length - less))
    } catch {
      // A letter has four bytes at most.
    }
  }
  return undefined
}

/** RFC 2152. Its markup is read after this, so nothing gets past that by being written so. */
function utf7(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replaceAll(/\+([A-Za-z0-9+/]*)-?/g, (_, coded: string) => {
      if (coded === '') return '+'
      const units = Buffer.from(coded, 'base64')
      return units
        .subarray(0, units.length & ~1)
        .swap16()
        .toString('utf16le')
    })
}

/** Letters that are seen and that the database takes: no control characters but tab and line break, no half characters. */
export function plain(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFF9-\uFFFB]/g, '')
      // Whoever turns the reading around shows other words than are there.
      .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
  )
}

/** The same in one line, and no more of it than one reads. */
export function inOneLine(text: string, most: number): string {
  return plain(text)
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
}
