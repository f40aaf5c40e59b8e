/** The files themselves: sealed in DATA_DIR/sql-exports/<person>/<export>, of a practice under its own key, and forgotten within a day. */
import { join } from 'node:path'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Parts } from '../parts.ts'
import { forgetExports, isAnyUnderWay, stillKept } from './queries.ts'

export const keptMs = 24 * 3_600_000

export type ExportFiles = ReturnType<typeof sealedFiles>

export const exportFiles = (dataDir: string): ExportFiles => sealedFiles(join(dataDir, 'sql-exports'))

/** Undefined where the practice has no key any more. */
export async function vaultFor(
  { vault, tenants }: Pick<Parts, 'vault' | 'tenants'>,
  tenantId: string | null,
): Promise<Vault | undefined> {
  return tenantId === null ? vault : tenants.catalogue.vaultOf(tenantId)
}

/** What lapsed, and what a process that died left without anybody who would take it up. */
export async function sweepExports(db: CentralDb, files: ExportFiles, now: Date): Promise<void> {
  await forgetExports(db, now, keptMs)
  for (const staffId of await files.tenants()) {
    const ids = await files.list(staffId)
    const kept = await stillKept(db, ids, now)
    for (const id of ids) if (!kept.has(id)) await files.remove(staffId, id)
    if (kept.size === 0 && !(await isAnyUnderWay(db, staffId))) await files.removeAll(staffId)
  }
}

export const sweepingExports = (files: ExportFiles, { clock }: Pick<Parts, 'clock'>): Schedule => ({
  name: 'sql-exports-sweep',
  cron: '23 * * * *',
  run: (db) => sweepExports(db, files, clock.now()),
})
