import { readFile as readWhole } from 'node:fs/promises'
import {
  addFile,
  fileTypeRefused,
  listFiles,
  maxFiles,
  readFile,
  removeFile,
  tooManyFiles,
  type PracticeFile,
} from '#contract/cabinet'
import { uuidv7 } from '#platform/server/ids.ts'
import { mediaTypeOf } from '#platform/server/media-types.ts'
import { found, handleInTenant, refuse, Stream, type TenantHandler } from '#platform/server/requests.ts'
import type { TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { deleteFile, fileRow, fileRows, filesCounted, insertFile, type FileRow } from './file-queries.ts'

export type FilingParts = {
  files: TenantFiles
  /** What the practice's own key seals. @throws when it is destroyed */
  vaultOf(tenantId: string): Promise<Vault>
}

/** A practice's files: their names in its database, their bytes in its folder, sealed under its key. */
export function filing({ files, vaultOf }: FilingParts): readonly TenantHandler[] {
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
      const content = await files.open(tenantId, id, await vaultOf(tenantId))
      ctx.record({ object: 'practice_file', id })
      return new Stream(content, {
        'content-type': mediaType,
        'content-length': String(bytes),
        // Never shown in place: what somebody sent is not the house's own page.
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      })
    }),

    handleInTenant(removeFile, async (ctx, { params: { id } }) => {
      const { tenantId } = ctx.member
      found(await deleteFile(ctx.db, id))
      ctx.record({})
      // Bytes without a row are nobody's: they go with the practice at the latest.
      ctx.afterCommit(() => void files.remove(tenantId, id).catch(() => undefined))
      return undefined
    }),
  ]
}

function shown(row: FileRow): PracticeFile {
  const { sha256, addedAt, bytes, ...said } = row
  return { ...said, bytes: Number(bytes), sha256: sha256.toString('hex'), addedAt: addedAt.toISOString() }
}
