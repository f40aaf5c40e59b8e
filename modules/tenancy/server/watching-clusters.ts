/** Each minute: which clusters answer. Their tenants are told apart from those that fare badly for reasons of their own. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { clusterIds, noteReach } from './health-queries.ts'
import type { Measuring } from './measuring.ts'

type On = {
  onCluster: NonNullable<Measuring['onCluster']>
  clock: Clock
  log: Pick<Logger, 'warn' | 'info'>
}

export const watchingClusters = (on: On): Schedule => ({
  name: 'tenant-clusters',
  cron: '* * * * *',
  run: (db) => watchClusters(db, on),
})

export async function watchClusters(db: CentralDb, { onCluster, clock, log }: On): Promise<void> {
  await Promise.all(
    (await clusterIds(db)).map(async (id) => {
      const trouble = await onCluster(id, (cluster) => cluster.query('select')).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      if (!(await noteReach(db, id, trouble, clock.now()))) return
      if (trouble === null) log.info({ cluster: id }, 'a cluster answers again')
      else log.warn({ cluster: id, trouble }, 'a cluster does not answer')
      await tell(db, { topic: 'tenants', needs: 'tenants.read' })
    }),
  )
}
