import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { prepare } from '../archive/tables.ts'
import { livingTenant } from '../living.ts'
import type { LifeParts } from '../parts.ts'
import { contentsOf, type Exported } from './contents.ts'
import { zipped } from '#platform/server/zip.ts'

export type Exporting = {
  db: CentralDb
  vault: Vault
  clock: Clock
  files: TenantFiles
  clusters: Pick<LifeParts['clusters'], 'provisioner'>
}

/**
 * Everything a practice holds, as a zip at that path: for the vendor's team on behalf of the practice, and for the
 * practice itself.
 * @throws ZipTooLarge
 */
export async function exportTo(
  path: string,
  tenantId: string,
  on: Exporting,
  progress: (done: number, total: number) => void,
): Promise<Exported & { name: string }> {
  const living = await livingTenant(on, tenantId)
  const provisioner = await on.clusters.provisioner(living.clusterId)
  let exported: Exported | undefined
  await provisioner.asItsOwner(living, async (client) => {
    await prepare(client)
    const source = {
      client,
      tenantId,
      practice: living.name,
      files: on.files,
      vault: living.vault,
      now: on.clock.now(),
      reader: 'vendor' as const,
      withOwnNotes: false,
      progress,
    }
    const contents = contentsOf(source, (told) => (exported = told))
    await pipeline(zipped(contents), createWriteStream(path, { mode: 0o600 }))
  })
  if (!exported) throw new Error('an export ended without its end')
  // TypeScript does not see that the callback ran.
  return { ...(exported as Exported), name: living.name }
}
