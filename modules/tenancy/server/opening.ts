/** A client's practice: a database of its own, made in the background, and an invitation once it is there. */
import { randomBytes } from 'node:crypto'
import {
  clientHasTenant,
  clientUnfit,
  noRoomForTenant,
  openTenant,
  provisioningUnavailable,
} from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { found, handle, refuse } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { keyPlace, loginSecretPlace } from './catalogue.ts'
import { roomiestCluster } from './cluster-queries.ts'
import { opaqueName } from './logins.ts'
import { obstacleOf } from './obstacles.ts'
import { clientToOpenFor, insertTenant } from './place-queries.ts'
import { hasClusters } from './queries.ts'
import { wholeTenant } from './showing.ts'
import { servedVersions, type Schema } from './versions.ts'
import { beginWork } from './works.ts'

export type Wanted = {
  clientId: string
  /** The one with most room unless told. */
  cluster?: string | undefined
  askedBy: string | null
  now: Date
}

export type Opened = {
  tenantId: string
  workId: string
  name: string
  kind: 'practitioner' | 'secretary'
  clusterId: string
}

/**
 * In the caller's transaction. What is to be made has its names and keys before anything is made: whoever goes on after a
 * dead process makes the same.
 * @param jobs none on the command line, which runs the work itself
 * @throws Refused
 */
export async function openPractice(
  db: CentralDb,
  { vault, jobs }: { vault: Vault; jobs: Pick<Jobs, 'send'> | undefined },
  { clientId, cluster, askedBy, now }: Wanted,
): Promise<Opened> {
  const client = found(await clientToOpenFor(db, clientId))
  if (obstacleOf(client) !== null) throw refuse(clientUnfit)
  if (!(await hasClusters(db))) throw refuse(provisioningUnavailable)
  const clusterId = await roomiestCluster(db, cluster)
  if (clusterId === undefined) throw refuse(noRoomForTenant)
  const { kind } = client
  const name = practiceName(client)
  const id = uuidv7(now.getTime())
  const isNew = await insertTenant(db, {
    id,
    clientId,
    name,
    kind,
    clusterId,
    databaseName: opaqueName(),
    loginRole: opaqueName(),
    loginSecretSealed: vault.seal(randomBytes(32), loginSecretPlace(id)),
    keySealed: vault.seal(randomBytes(32), keyPlace(id)),
    createdAt: now,
    stateSince: now,
    createdBy: askedBy,
  })
  if (!isNew) throw refuse(clientHasTenant)
  const workId = await beginWork(db, { tenantId: id, kind: 'provision', askedBy }, jobs)
  if (workId === undefined) throw new Error('a tenant that was just made has no work yet')
  return { tenantId: id, workId, name, kind, clusterId }
}

type Named = { kind: 'practitioner' | 'secretary'; firstName: string; lastName: string }

/** « Cabinet de Claire Moreau », « Secrétariat d’Amélie Petit ». */
export function practiceName({ kind, firstName, lastName }: Named): string {
  const whose = `${firstName} ${lastName}`.trim()
  const first = whose.normalize('NFD').slice(0, 2).toLowerCase()
  // Yves elides, Yasmine does not; an h is mute in nearly every French first name.
  const elides = /^[aeiouh]/.test(first) || /^y[^aeiou]/.test(first)
  return `${kind === 'secretary' ? 'Secrétariat' : 'Cabinet'} ${elides ? 'd’' : 'de '}${whose}`
}

export const opening = (on: { vault: Vault; schema: Schema; jobs: () => Pick<Jobs, 'send'> }) =>
  handle(openTenant, async (ctx, { body: { clientId, cluster } }) => {
    const { tenantId, name, kind, clusterId } = await openPractice(
      ctx.db,
      { vault: on.vault, jobs: on.jobs() },
      { clientId, cluster, askedBy: ctx.actor.staffId, now: ctx.clock.now() },
    )
    ctx.record({ object: 'tenant', id: tenantId, after: { clientId, name, kind, clusterId } })
    return wholeTenant(ctx, tenantId, servedVersions(on.schema))
  })
