/** Opens practices and waits until they are there: for whoever runs no jobs, such as the demonstration on its first start. */
import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { Members } from '#server/identity'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Vault } from '#platform/server/vault.ts'
import { mainCluster } from './clusters.ts'
import { openPractice, type Opened, type Wanted } from './opening.ts'
import { provisioning } from './provisioning.ts'
import { openWorks } from './running-works.ts'
import type { Tenants } from './tenants.ts'

export async function openingAtOnce(on: {
  tenants: Tenants
  db: CentralDb
  pool: pg.Pool
  vault: Vault
  audit: Audit
  clock: Clock
  log: Logger
  inviteHolder: Members['invite']
  provisionerUrl: string
}): Promise<(wanted: Omit<Wanted, 'now'>) => Promise<Opened>> {
  const { db, vault, clock, tenants } = on
  await tenants.clusters.ensure(mainCluster, on.provisionerUrl)
  const works = openWorks({ ...on, kinds: [provisioning({ ...on, ...tenants })] })
  return async (wanted) => {
    const opened = await db
      .transaction()
      .execute((transaction: CentralDb) =>
        openPractice(transaction, { vault, jobs: undefined }, { ...wanted, now: clock.now() }),
      )
    const outcome = await works.run(opened.workId)
    if (outcome !== 'done') throw new Error(`${opened.name} could not be opened: ${outcome}`)
    return opened
  }
}
