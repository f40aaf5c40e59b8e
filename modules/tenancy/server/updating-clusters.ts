import { listClusters, updateCluster, type Cluster } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Handler, type Recorded } from '#platform/server/requests.ts'
import { changeCluster, clusterById, clustersByName, lockCluster } from './queries.ts'

/** Host and port alone: how TLS is spoken is nobody's concern. */
const shown = (cluster: Cluster): Cluster => ({ ...cluster, address: new URL(cluster.address).host })

export async function listedClusters(db: CentralDb): Promise<Cluster[]> {
  return (await clustersByName(db)).map(shown)
}

/** In the caller's transaction. @returns what the log says of it */
export async function setCluster(
  db: CentralDb,
  id: string,
  changes: { capacity?: number | undefined; state?: 'open' | 'closed' | undefined },
): Promise<Recorded> {
  const { capacity, state } = found(await lockCluster(db, id))
  await changeCluster(db, id, changes)
  const after = { capacity: changes.capacity ?? capacity, state: changes.state ?? state }
  return { object: 'cluster', id, before: { capacity, state }, after }
}

export const clusters: Handler[] = [
  handle(listClusters, async (ctx) => ({ rows: await listedClusters(ctx.db) })),
  handle(updateCluster, async (ctx, { params: { id }, body }) => {
    ctx.record(await setCluster(ctx.db, id, body))
    return shown(found(await clusterById(ctx.db, id)))
  }),
]
