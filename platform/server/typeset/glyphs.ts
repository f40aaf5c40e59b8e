/** Which characters a font has a glyph for: its `cmap` table (OpenType 1.9, formats 4 and 12). */

/** Ranges of code points, both ends included. */
export type Glyphs = readonly (readonly [from: number, to: number])[]

/** @throws when it is no TrueType or OpenType font */
export function glyphsOf(font: Buffer): Glyphs {
  const cmap = tableOf(font, 'cmap')
  const ranges: [number, number][] = []
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4)
    const format = font.readUInt16BE(at)
    if (format === 4) ranges.push(...segments(font, at))
    if (format === 12) ranges.push(...groups(font, at))
  }
  return ranges
}

export function hasGlyph(glyphs: Glyphs, codePoint: number): boolean {
  return glyphs.some(([from, to]) => from <= codePoint && codePoint <= to)
}

function tableOf(font: Buffer, name: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + 16 * index
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8)
  }
  throw new Error(`a font without a table ${name}`)
}

/** Four arrays after another: ends, (a pad), starts, deltas, offsets. The last segment, of U+FFFF alone, is nobody's. */
function segments(font: Buffer, at: number): [number, number][] {
  const count = font.readUInt16BE(at + 6) / 2
  return Array.from({ length: count - 1 }, (_, index) => [
    font.readUInt16BE(at + 16 + 2 * count + 2 * index),
    font.readUInt16BE(at + 14 + 2 * index),
  ])
}

function groups(font: Buffer, at: number): [number, number][] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, index) => [
    font.readUInt32BE(at + 16 + 12 * index),
    font.readUInt32BE(at + 20 + 12 * index),
  ])
}
