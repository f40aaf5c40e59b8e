import { listClusters, updateCluster, type Cluster } from '#contract/tenancy'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { changeCluster, clusterById, clustersByName, lockCluster } from './queries.ts'

/** Host and port alone: how TLS is spoken is nobody's concern. */
const shown = (cluster: Cluster): Cluster => ({ ...cluster, address: new URL(cluster.address).host })

export const clusters: Handler[] = [
  handle(listClusters, async (ctx) => ({ rows: (await clustersByName(ctx.db)).map(shown) })),
  handle(updateCluster, async (ctx, { params: { id }, body }) => {
    const { capacity, state } = found(await lockCluster(ctx.db, id))
    await changeCluster(ctx.db, id, body)
    ctx.record({ object: 'cluster', id, before: { capacity, state }, after: { capacity, state, ...body } })
    return shown(found(await clusterById(ctx.db, id)))
  }),
]
