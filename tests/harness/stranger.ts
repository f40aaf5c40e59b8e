/**
 * A reader of somebody else's: written from c2sp.org/tlog-tiles, tlog-checkpoint, tlog-proof, signed-note and RFC 6962
 * alone, sharing no line with the product. It fetches by path, believes nothing but the key, and rebuilds everything.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

type Fetch = (path: string) => Promise<Buffer>

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leafOf = (entry: Buffer) => sha256(Buffer.of(0), entry)

/** MTH, by its recursive definition. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256()
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}

/** Size and root of a checkpoint that this key signed. */
export function openCheckpoint(note: string, vkey: string): { size: number; root: Buffer } {
  const [, name = '', id = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)\n?$/.exec(vkey) ?? []
  const der = Buffer.concat([
    Buffer.from('MCowBQYDK2VwAyEA', 'base64'),
    Buffer.from(base64, 'base64').subarray(1),
  ])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const [text = '', signatures = ''] = note.split(/(?<=\n)\n(?=— )/)
  const line = signatures.split('\n').find((one) => one.startsWith(`— ${name} `)) ?? ''
  const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64')
  const [origin, size, root] = text.split('\n')
  if (origin !== name || signature.toString('hex', 0, 4) !== id) throw new Error('signed by nobody known')
  if (!verify(null, Buffer.from(text), key, signature.subarray(4))) throw new Error('the signature is wrong')
  return { size: Number(size), root: Buffer.from(root ?? '', 'base64') }
}

const pathOf = (n: number, width: number) => {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0')
  return digits.replace(/\d{3}(?=\d)/g, 'x$&/') + (width === 256 ? '' : `.p/${width}`)
}

/** @returns the entries, once every tile of every level and the root were rebuilt from them */
export async function readLog(fetch: Fetch): Promise<{ entries: Buffer[]; size: number }> {
  const vkey = (await fetch('vkey')).toString()
  const { size, root } = openCheckpoint((await fetch('checkpoint')).toString(), vkey)
  const entries: Buffer[] = []
  for (let n = 0; n * 256 < size; n++) {
    const bundle = await fetch(`tile/entries/${pathOf(n, Math.min(256, size - n * 256))}`)
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
      entries.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)))
  }
  if (entries.length !== size) throw new Error(`${entries.length} entries, not ${size}`)
  let row: Buffer[] = entries.map(leafOf)
  for (let level = 0; row.length > 0; level++) {
    for (let n = 0; n * 256 < row.length; n++) {
      const hashes = row.slice(n * 256, (n + 1) * 256)
      const path = `tile/${level}/${pathOf(n, hashes.length)}`
      if (!(await fetch(path)).equals(Buffer.concat(hashes))) throw new Error(`${path} is wrong`)
    }
    const full = Math.floor(row.length / 256)
    row = Array.from({ length: full }, (_, n) => treeHash(row.slice(n * 256, (n + 1) * 256)))
  }
  if (!treeHash(entries.map(leafOf)).equals(root)) throw new Error('the root is another')
  return { entries, size }
}

/** RFC 9162 section 2.1.3.2 for a `.tlog-proof` whose extra data is the entry. @returns the entry */
export function checkProof(file: string, vkey: string): Buffer {
  const split = file.indexOf('\n\n')
  const [header, extra = '', index = '', ...proof] = file.slice(0, split).split('\n')
  if (header !== 'c2sp.org/tlog-proof@v1') throw new Error('not a proof')
  const entry = Buffer.from(extra.replace('extra ', ''), 'base64')
  const { size, root } = openCheckpoint(file.slice(split + 2), vkey)
  let [fn, sn] = [BigInt(index.replace('index ', '')), BigInt(size - 1)]
  let hash = leafOf(entry)
  for (const sibling of proof.map((line) => Buffer.from(line, 'base64'))) {
    if (fn & 1n || fn === sn) {
      hash = sha256(Buffer.of(1), sibling, hash)
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else hash = sha256(Buffer.of(1), hash, sibling)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  if (sn !== 0n || !hash.equals(root)) throw new Error('it leads to another root')
  return entry
}
