/** Files are kept once, whichever of a tenant's databases names them: their bytes go when none does any more. */
import type { CentralDb } from '#platform/server/db.ts'
import { filesNamedIn } from './archive/writing.ts'
import type { Lived } from '../clusters.ts'
import { livingTenant } from './living.ts'
import type { LifeParts } from './parts.ts'
import { lockWithName, sparesOf } from './queries.ts'
import { livedOf, visiting } from './visiting.ts'

/** Those that only the database named that is about to go. */
export async function removeFilesOfNoOther(
  on: LifeParts,
  tenantId: string,
  databaseName: string,
  itsFiles: readonly string[],
): Promise<void> {
  if (itsFiles.length === 0) return
  const named = new Set<string>()
  for (const other of await databasesOf(on, tenantId))
    if (other.databaseName !== databaseName && !other.isGivenUp)
      for (const id of await namedIn(on, other)) named.add(id)
  for (const id of itsFiles) if (!named.has(id)) await on.files.remove(tenantId, id)
}

/**
 * Those that somebody removed while a database beside the living one might still name them. Held off while something is
 * done to the tenant: what is just being made beside it is not known yet.
 */
export async function removeMarked(on: LifeParts, tenantId: string): Promise<void> {
  const marked = await on.files.markedRemoved(tenantId)
  if (marked.length === 0) return
  await on.db.transaction().execute(async (db: CentralDb) => {
    const tenant = await lockWithName(db, tenantId)
    if (!tenant || tenant.isBusy || !(tenant.state === 'active' || tenant.state === 'suspended')) return
    const [living = new Set(), ...beside] = await Promise.all(
      (await databasesOf(on, tenantId)).map((database) => namedIn(on, database)),
    )
    for (const id of marked)
      if (living.has(id)) await on.files.unmarkRemoved(tenantId, id)
      else if (!beside.some((names) => names.has(id))) await on.files.remove(tenantId, id)
  })
}

type Named = Lived & { clusterId: string; is: 'living' | 'beside'; isGivenUp: boolean }

/** The living one first. */
async function databasesOf(on: LifeParts, tenantId: string): Promise<Named[]> {
  const living = await livingTenant(on, tenantId)
  const beside = await sparesOf(on.db, tenantId)
  return [
    { ...living, is: 'living', isGivenUp: false },
    ...beside.map((spare) => ({
      ...livedOf(on.vault, spare),
      clusterId: spare.clusterId,
      is: 'beside' as const,
      isGivenUp: spare.droppedAt !== null,
    })),
  ]
}

async function namedIn(on: LifeParts, database: Named): Promise<ReadonlySet<string>> {
  const provisioner = await on.clusters.provisioner(database.clusterId)
  return new Set(
    database.is === 'living'
      ? await provisioner.asItsOwner(database, filesNamedIn)
      : await visiting(provisioner, database, filesNamedIn),
  )
}
