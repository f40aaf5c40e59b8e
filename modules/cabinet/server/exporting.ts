import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportPractice } from '#contract/cabinet'
import { refusal } from '#platform/contract/refusal.ts'
import { exportAsMember, ZipTooLarge } from '#server/tenancy'
import { attachment } from '#platform/server/attachment.ts'
import { dayOf } from '#platform/server/clock.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  handleInTenant,
  refuse,
  Stream,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { practiceRow } from './queries.ts'

export type OwnNote = { heldOn: string; title: string; body: string; kind: string }

export type ExportingParts = {
  databases: Pick<TenantDatabases, 'bare'>
  files: TenantFiles
  vaultOf(tenantId: string): Promise<Vault>
  /** What the asking author's notes say, in the open; the app knows the module that keeps them. */
  notesOf(ctx: TenantContext): Promise<readonly OwnNote[]>
  workFolder: string
}

/** A zip ends at 4 GiB: no test fills that much, so the endpoint does not declare it. */
const tooLarge = refusal('practice_too_large', 422)

/** What a practice holds, for those who answer for it: read in their own role, whole before the first byte leaves. */
export const exporting = (on: ExportingParts): TenantHandler =>
  handleInTenant(exportPractice, async (ctx, { query: { notes } }) => {
    const { tenantId, role } = ctx.member
    const now = ctx.clock.now()
    const { name: practice } = await practiceRow(ctx.db)
    const own = notes === 'mine' ? await on.notesOf(ctx) : []
    const besides =
      notes === 'mine' ? [{ path: 'notes/mes-notes.json', content: once(JSON.stringify(own, null, 2)) }] : []
    await mkdir(on.workFolder, { recursive: true })
    const path = join(on.workFolder, `practice-${uuidv7(now.getTime())}`)
    try {
      const { rows, files } = await on.databases.bare(tenantId, role, async (client) =>
        exportAsMember(
          path,
          { client, tenantId, practice, files: on.files, vault: await on.vaultOf(tenantId), now },
          besides,
        ),
      )
      ctx.record({ object: 'tenant', id: tenantId, after: { rows, files, notes: own.length } })
      const whole = createReadStream(path)
      // Read to its end or given up: either way it does not stay.
      whole.once('close', () => void rm(path, { force: true }))
      return new Stream(whole, {
        'content-type': 'application/zip',
        'content-disposition': attachment(`${practice} ${dayOf(now)}.zip`),
      })
    } catch (error) {
      await rm(path, { force: true })
      if (error instanceof ZipTooLarge) throw refuse(tooLarge)
      throw error
    }
  })

async function* once(text: string) {
  yield Buffer.from(text)
}
