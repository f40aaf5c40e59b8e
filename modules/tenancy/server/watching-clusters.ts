/** Each minute: which clusters answer. Their tenants are told apart from those that fare badly for reasons of their own. */
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { allClusterRows } from './cluster-queries.ts'
import type { Clusters } from './clusters.ts'
import { ClusterUnreachable } from './works.ts'

export const watchingClusters = ({
  clusters,
  log,
}: {
  clusters: Pick<Clusters, 'provisioner'>
  log: Pick<Logger, 'warn'>
}): Schedule => ({
  name: 'tenant-clusters',
  cron: '* * * * *',
  async run(db) {
    await Promise.all(
      (await allClusterRows(db)).map(async ({ id, name }) => {
        try {
          // What is found out is noted, and told, by asking.
          const provisioner = await clusters.provisioner(id)
          await provisioner.run((cluster) => cluster.query('select'))
        } catch (error) {
          const isDown = error instanceof ClusterUnreachable
          log.warn(
            { err: error, cluster: name },
            isDown ? 'a cluster does not answer' : 'a cluster turns us away',
          )
        }
      }),
    )
  },
})
