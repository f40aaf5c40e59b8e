/**
 * What an archive says it holds, read from its table at the end (PKWARE APPNOTE, 4.3.12 and 4.3.16) without unpacking any
 * of it. Whoever made it may lie in every number: each step goes forward, and none past the end.
 */

const [endMark, endBytes, longestComment] = [0x06054b50, 22, 0xffff]
const [entryMark, entryBytes] = [0x02014b50, 46]

/** Undefined for what is no whole archive, and for one in several parts or of more than 4 GB. */
export function archiveNames(bytes: Buffer): string[] | undefined {
  const end = endOf(bytes)
  if (end === undefined) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const names: string[] = []
  while (names.length < count) {
    if (at + entryBytes > end || bytes.readUInt32LE(at) !== entryMark) return undefined
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ] // of three places
    const from = at + entryBytes
    at = from + name + extra + comment
    if (at > end) return undefined
    names.push(bytes.toString('utf8', from, from + name))
  }
  return names
}

function endOf(bytes: Buffer): number | undefined {
  const last = bytes.length - endBytes
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (bytes.readUInt32LE(at) === endMark) return at
  return undefined
}

/** What the first entry holds, where it is called so and not packed: by this OpenDocument says what it is. */
export function firstStored(bytes: Buffer, called: string): string | undefined {
  if (bytes.length < 30 || bytes.readUInt16LE(8) !== 0) return undefined
  const [size, name, extra] = [bytes.readUInt32LE(18), bytes.readUInt16LE(26), bytes.readUInt16LE(28)]
  if (bytes.toString('latin1', 30, 30 + name) !== called || size > 200) return undefined
  return bytes.toString('latin1', 30 + name + extra, 30 + name + extra + size)
}
