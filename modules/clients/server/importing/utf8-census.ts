// Counts the characters beyond ASCII that are, and are not, well-formed UTF-8 (Unicode 17, table 3-7),
// and remembers the line of the first byte that rules an encoding out.

export type Utf8Census = {
  valid: number
  invalid: number
  invalidLine?: number
  nulLine?: number
  not1252Line?: number
}

/** The five bytes Windows-1252 leaves undefined: no French text holds them. */
const undefinedIn1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

export function utf8Census() {
  const census: Utf8Census = { valid: 0, invalid: 0 }
  let line = 1
  let pending = 0 // continuation bytes still expected
  let low = 0x80 // bounds of the next continuation byte, narrower after E0, ED, F0 and F4
  let high = 0xbf

  const invalid = () => {
    census.invalid++
    census.invalidLine ??= line
    pending = 0
  }

  const lead = (byte: number) => {
    low = 0x80
    high = 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) pending = 1
    else if (byte >= 0xe0 && byte <= 0xef) {
      pending = 2
      if (byte === 0xe0) low = 0xa0
      if (byte === 0xed) high = 0x9f
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      pending = 3
      if (byte === 0xf0) low = 0x90
      if (byte === 0xf4) high = 0x8f
    } else invalid()
  }

  const push = (chunk: Uint8Array) => {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]! // at < length
      if (byte < 0x80) {
        if (pending > 0) invalid()
        if (byte === 0x0a) line++
        else if (byte === 0) census.nulLine ??= line
        continue
      }
      if (undefinedIn1252.has(byte)) census.not1252Line ??= line
      if (pending === 0) {
        lead(byte)
      } else if (byte >= low && byte <= high) {
        low = 0x80
        high = 0xbf
        if (--pending === 0) census.valid++
      } else {
        invalid()
        lead(byte)
      }
    }
  }

  const end = (): Utf8Census => {
    if (pending > 0) invalid()
    return census
  }

  return { push, end }
}
