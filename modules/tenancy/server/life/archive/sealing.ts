import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { pieces } from '#platform/server/frames.ts'
import { ArchiveRefused } from './damage.ts'

/**
 * The outer side of an archive: a header in the clear, then chunks sealed with AES-256-GCM in the STREAM construction
 * (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each nonce holds the chunk's number and whether it is the last, and each
 * chunk is bound to the whole header. What is cut short, put in another order, edited or of another tenant does not open.
 */
export type Whose = { tenantId: string; backupId: string }

const magic = Buffer.from('MGPARCH1', 'ascii')
/** magic 8, tenant 16, backup 16, size of a chunk 4, prefix of the nonces 7 */
const headerBytes = 51
const prefixAt = 44
const tagBytes = 16
/** As PostgreSQL and the disk like it; small enough that one that is damaged names a near place. */
export const chunkBytes = 64 * 1024

/** @yields the archive as it lies on a disk */
export async function* sealed(
  whose: Whose,
  tenantKey: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([
    magic,
    bytesOf(whose.tenantId),
    bytesOf(whose.backupId),
    uint32(chunkBytes),
    randomBytes(headerBytes - prefixAt),
  ])
  const key = keyOf(tenantKey, whose)
  yield header
  let at = 0
  for await (const { piece, isLast } of pieces(plain, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(header, at++, isLast)).setAAD(header)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/**
 * @param whose what the archive must be
 * @yields what was sealed, chunk by chunk: until the end one does not know that it is whole
 * @throws ArchiveRefused
 */
export async function* opened(
  whose: Whose,
  tenantKey: Uint8Array,
  stored: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { header, rest } = await headerAndRest(stored)
  refuseForeign(header, whose)
  const key = keyOf(tenantKey, whose)
  let at = 0
  for await (const { piece, isLast } of pieces(rest, chunkBytes + tagBytes)) {
    yield chunkOf(piece, { key, header, at, isLast })
    at++
  }
}

function chunkOf(
  piece: Buffer,
  { key, header, at, isLast }: { key: Uint8Array; header: Buffer; at: number; isLast: boolean },
): Buffer {
  const where = `chunk ${at}, at byte ${headerBytes + at * (chunkBytes + tagBytes)}`
  if (piece.length < tagBytes) throw new ArchiveRefused('archive_damaged', `cut short: ${where}`)
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(header, at, isLast))
    .setAAD(header)
    .setAuthTag(piece.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    const what = isLast ? 'changed, or not the last that was written' : 'changed, or not in its place'
    throw new ArchiveRefused('archive_damaged', `${what}: ${where}`)
  }
}

function refuseForeign(header: Buffer, { tenantId, backupId }: Whose): void {
  if (header.length < headerBytes) throw new ArchiveRefused('archive_damaged', 'cut short: in its header')
  if (!header.subarray(0, 8).equals(magic))
    throw new ArchiveRefused('archive_unknown', 'it does not begin as an archive of this kind does')
  if (!header.subarray(8, 24).equals(bytesOf(tenantId)))
    throw new ArchiveRefused('archive_foreign', 'its header names another tenant')
  if (!header.subarray(24, 40).equals(bytesOf(backupId)))
    throw new ArchiveRefused('archive_foreign', 'its header names another backup')
  if (header.readUInt32BE(40) !== chunkBytes)
    throw new ArchiveRefused('archive_unknown', 'its chunks have another size')
}

async function headerAndRest(
  stored: AsyncIterable<Uint8Array>,
): Promise<{ header: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const source = stored[Symbol.asyncIterator]()
  let begun = Buffer.alloc(0)
  while (begun.length < headerBytes) {
    const { value, done } = await source.next()
    if (done === true) break
    begun = Buffer.concat([begun, value])
  }
  async function* rest() {
    try {
      yield begun.subarray(headerBytes)
      yield* { [Symbol.asyncIterator]: () => source }
    } finally {
      await source.return?.()
    }
  }
  return { header: begun.subarray(0, headerBytes), rest: rest() }
}

/** A key for this one archive: the tenant's, destroyed, opens none of them any more. */
const keyOf = (tenantKey: Uint8Array, { backupId }: Whose) =>
  new Uint8Array(hkdfSync('sha256', tenantKey, '', `backup ${backupId}`, 32))

const nonceOf = (header: Buffer, at: number, isLast: boolean) =>
  Buffer.concat([header.subarray(prefixAt), uint32(at), Buffer.of(isLast ? 1 : 0)])

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
