import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { framed, framesIn, pieces } from './frames.ts'
import { openTenantFolders } from './tenant-folders.ts'
import type { Vault } from './vault.ts'

export { FileMissing } from './tenant-folders.ts'

/**
 * The files that practices keep, in DATA_DIR/tenant-files/<tenant>/<file>, sealed piece by piece under the tenant's own
 * key: with another tenant's vault, under another file's id, cut short or in another order they do not open.
 */
export type TenantFiles = {
  /** Whole and on the disk when it returns, or not there. @returns what it measured of the file as it came */
  put(
    tenantId: string,
    fileId: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    vault: Vault,
  ): Promise<{ bytes: number; sha256: Buffer }>
  /** The stream fails where the file was changed. @throws FileMissing */
  open(tenantId: string, fileId: string, vault: Vault): Promise<Readable>
  has(tenantId: string, fileId: string): Promise<boolean>
  remove(tenantId: string, fileId: string): Promise<void>
  /** Says that it is to be removed as soon as no row names it any more. */
  markRemoved(tenantId: string, fileId: string): Promise<void>
  /** Its row came back. */
  unmarkRemoved(tenantId: string, fileId: string): Promise<void>
  /** Those that are marked. */
  markedRemoved(tenantId: string): Promise<string[]>
  /** Whoever has files. */
  tenants(): Promise<string[]>
  /** Everything of that tenant. @returns how many files there were */
  removeAll(tenantId: string): Promise<number>
  /** The ids of its files. */
  list(tenantId: string): Promise<string[]>
}

/** What is sealed at once: a file of any size takes no more memory than a few of these. */
const pieceBytes = 256 * 1024

/** An empty file beside the one it is about: whoever removes it needs no row that says so. */
const markEnding = '.removed'

export const tenantFiles = (dataDir: string): TenantFiles => sealedFiles(join(dataDir, 'tenant-files'))

/** The same for what belongs to somebody else than a practice, in a folder of its own: `support-files/<ticket>/<file>`. */
export function sealedFiles(location: string): TenantFiles {
  const folders = openTenantFolders(location)
  const list = async (tenantId: string) =>
    (await folders.list(tenantId)).filter((name) => !name.endsWith(markEnding))
  return {
    ...folders,
    async remove(tenantId, fileId) {
      await folders.remove(tenantId, fileId)
      await folders.remove(tenantId, `${fileId}${markEnding}`)
    },
    async markRemoved(tenantId, fileId) {
      await folders.write(tenantId, `${fileId}${markEnding}`, nothing())
    },
    unmarkRemoved: (tenantId, fileId) => folders.remove(tenantId, `${fileId}${markEnding}`),
    async markedRemoved(tenantId) {
      const marks = (await folders.list(tenantId)).filter((name) => name.endsWith(markEnding))
      return marks.map((name) => name.slice(0, -markEnding.length))
    },
    list,
    async removeAll(tenantId) {
      const { length } = await list(tenantId)
      await folders.removeAll(tenantId)
      return length
    },
    async put(tenantId, fileId, content, vault) {
      const hash = createHash('sha256')
      let bytes = 0
      async function* measured() {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      }
      async function* sealed() {
        let at = 0
        for await (const { piece, isLast } of pieces(measured(), pieceBytes))
          yield framed(vault.seal(piece, placeOf(fileId, at++, isLast)))
      }
      await folders.write(tenantId, fileId, sealed())
      return { bytes, sha256: hash.digest() }
    },
    async open(tenantId, fileId, vault) {
      const stored = await folders.read(tenantId, fileId)
      async function* opened() {
        let at = 0
        for await (const { piece, isLast } of framesIn(stored, pieceBytes + 1024))
          yield vault.open(piece, placeOf(fileId, at++, isLast))
      }
      return Readable.from(opened(), { objectMode: false })
    },
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Each piece is bound to its place in its file, and the last one to being the last. */
const placeOf = (fileId: string, at: number, isLast: boolean) =>
  `files:${fileId}#${at}${isLast ? ' end' : ''}`
