/**
 * The files in a winmail.dat: how Outlook packs what it sends to whom it takes for its like (MS-OXTNEF). Its text is left,
 * it stands in the mail besides. Whoever made it may lie in every length: each step goes forward, and none past the end.
 */

export type PackedFile = { name: string; content: Buffer }

const signature = 0x223e9f78
const [begins, title, data, properties] = [0x9002, 0x8010, 0x800f, 0x9005]
const [attributeHead, checksum] = [9, 2]
const mostFiles = 100

/** What is whole of it, up to where it breaks off. */
export function filesOfTnef(bytes: Buffer): PackedFile[] {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return []
  const files: { short: string; long: string; content: Buffer }[] = []
  for (let at = 6; at + attributeHead <= bytes.length && files.length <= mostFiles;) {
    const attribute = bytes.readUInt16LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const value = bytes.subarray(at + attributeHead, at + attributeHead + length)
    if (value.length < length) break
    at += attributeHead + length + checksum
    if (attribute === begins) files.push({ short: '', long: '', content: Buffer.alloc(0) })
    const file = files.at(-1)
    if (!file) continue
    if (attribute === title) file.short = textTo(value, 'latin1')
    else if (attribute === data) file.content = value
    else if (attribute === properties) Object.assign(file, fromProperties(value))
  }
  return files
    .filter(({ content }) => content.length > 0)
    .slice(0, mostFiles)
    .map(({ short, long, content }) => ({ name: long || short, content }))
}

/** No file system knows longer names. */
const longestName = 512
const textTo = (value: Buffer, encoding: 'latin1' | 'utf16le') =>
  value.subarray(0, longestName).toString(encoding).split('\0')[0] ?? ''

const [longName, dataProperty] = [0x3707, 0x3701]
const [text8, text16, binary, several, named] = [0x1e, 0x1f, 0x102, 0x1000, 0x8000]
const fixed = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
])

/** MS-OXTNEF, section 2.1.3.5.1: properties one after the other, each with its type, padded to four bytes. */
function fromProperties(bytes: Buffer): { long?: string; content?: Buffer } {
  const found: { long?: string; content?: Buffer } = {}
  try {
    let at = 4
    for (let left = Math.min(bytes.readUInt32LE(0), 10_000); left > 0; left--) {
      const [type, id] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]
      at += 4
      if (id >= named) at = afterName(bytes, at)
      const size = fixed.get(type & ~several)
      const isLong = size === undefined
      let count = 1
      if (isLong || (type & several) !== 0) {
        count = bytes.readUInt32LE(at)
        at += 4
      }
      if (!isLong) {
        at += size * count
        continue
      }
      for (; count > 0; count--) {
        const length = bytes.readUInt32LE(at)
        const value = bytes.subarray(at + 4, at + 4 + length)
        if (value.length < length) return found
        at += 4 + padded(length)
        if (id === longName && (type === text8 || type === text16))
          found.long = textTo(value, type === text16 ? 'utf16le' : 'latin1')
        // What is an object there is a document of Outlook's own, which nobody else opens.
        else if (id === dataProperty && type === binary) found.content = value
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return found
}

function afterName(bytes: Buffer, at: number): number {
  const kind = bytes.readUInt32LE(at + 16)
  if (kind === 0) return at + 24
  return at + 24 + padded(bytes.readUInt32LE(at + 20))
}

const padded = (length: number) => Math.ceil(length / 4) * 4
