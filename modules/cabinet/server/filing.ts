import { readFile as readWhole } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import {
  addFile,
  fileTypeRefused,
  fileUnreadable,
  listFiles,
  maxFiles,
  readFile,
  removeFile,
  tooManyFiles,
  type PracticeFile,
} from '#contract/cabinet'
import { attachment } from '#platform/server/attachment.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Logger } from '#platform/server/log.ts'
import { mediaTypeOf } from '#platform/server/media-types.ts'
import { found, handleInTenant, refuse, Stream, type TenantHandler } from '#platform/server/requests.ts'
import type { TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { deleteFile, fileRow, fileRows, filesCounted, insertFile, type FileRow } from './file-queries.ts'

export type FilingParts = {
  files: TenantFiles
  /** What the practice's own key seals. @throws when it is destroyed */
  vaultOf(tenantId: string): Promise<Vault>
  /** Whether a database stands beside the living one, or is being made, that may name a file which this one names no more. */
  mayComeBack(tenantId: string): Promise<boolean>
  log: Pick<Logger, 'warn'>
}

/** A practice's files: their names in its database, their bytes in its folder, sealed under its key. */
export function filing(on: FilingParts): readonly TenantHandler[] {
  const { files, vaultOf } = on
  return [
    handleInTenant(listFiles, async (ctx) => ({ rows: (await fileRows(ctx.db, maxFiles)).map(shown) })),

    handleInTenant(
      addFile,
      // The bytes are kept first: a row never names a file that is not there.
      async ({ clock, member: { tenantId } }, { file }) => {
        const content = await readWhole(file.path)
        const mediaType = mediaTypeOf(content)
        if (!mediaType) throw refuse(fileTypeRefused)
        const id = uuidv7(clock.now().getTime())
        const { bytes, sha256 } = await files.put(tenantId, id, content, await vaultOf(tenantId))
        return { id, mediaType, bytes, sha256, takeBack: () => files.remove(tenantId, id) }
      },
      async (ctx, { query: { name } }, { id, mediaType, bytes, sha256 }) => {
        if ((await filesCounted(ctx.db)) >= maxFiles)
          throw refuse(tooManyFiles, { values: { most: maxFiles } })
        const { memberId: addedBy } = ctx.member
        await insertFile(ctx.db, { id, name, mediaType, bytes, sha256, addedBy, addedAt: ctx.clock.now() })
        ctx.record({ after: { mediaType, bytes, sha256: sha256.toString('hex') } })
        return shown(found(await fileRow(ctx.db, id)))
      },
    ),

    handleInTenant(readFile, async (ctx, { params: { id } }) => {
      const { tenantId } = ctx.member
      const { name, mediaType, bytes } = found(await fileRow(ctx.db, id))
      // Whole before the first byte leaves: a damaged file is refused in a sentence, and not cut short.
      const content = await wholeFile(on, tenantId, id)
      ctx.record({ object: 'practice_file', id })
      return new Stream(content, {
        'content-type': mediaType,
        'content-length': String(bytes),
        // Never shown in place: what somebody sent is not the house's own page.
        'content-disposition': attachment(name),
      })
    }),

    handleInTenant(removeFile, async (ctx, { params: { id } }) => {
      const { tenantId } = ctx.member
      found(await deleteFile(ctx.db, id))
      ctx.record({})
      ctx.afterCommit(() => void removeBytes(on, tenantId, id))
      return undefined
    }),
  ]
}

/**
 * At once, unless a database beside the living one may still name the file: whoever switches back to it finds it whole.
 * Then those who drop such databases remove it. It is marked first: whichever of the two comes later sees the mark.
 */
async function removeBytes({ files, mayComeBack, log }: FilingParts, tenantId: string, id: string) {
  try {
    await files.markRemoved(tenantId, id)
    if (!(await mayComeBack(tenantId))) await files.remove(tenantId, id)
  } catch (error) {
    log.warn(
      { err: error, tenant: tenantId, file: id },
      'the bytes of a removed file could not be removed yet',
    )
  }
}

/** @throws Refused where there are no bytes, or not those that were kept */
async function wholeFile({ files, vaultOf, log }: FilingParts, tenantId: string, id: string) {
  const vault = await vaultOf(tenantId)
  try {
    return await buffer(await files.open(tenantId, id, vault))
  } catch (error) {
    // What the system has against it passes; what is lost or damaged stays so.
    if (error instanceof Error && 'syscall' in error) throw error
    log.warn({ err: error, tenant: tenantId, file: id }, 'a file is missing or does not open')
    throw refuse(fileUnreadable)
  }
}

function shown(row: FileRow): PracticeFile {
  const { sha256, addedAt, bytes, ...said } = row
  return { ...said, bytes: Number(bytes), sha256: sha256.toString('hex'), addedAt: addedAt.toISOString() }
}
