import { parseArgs } from 'node:util'
import { clientsNamed, openPractice } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { clusterNamed } from '../cluster-named.ts'
import { WrongUsage } from '../wrong-usage.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants open CLIENT [--cluster NAME]

Opens the practice of a client, told by id or e-mail: a database of its own, and an invitation to its holder. Without
--cluster it comes onto the one with most room.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { cluster: { type: 'string' } },
  })
  const [said] = positionals
  if (said === undefined || positionals.length > 1) throw new WrongUsage('Which client?')
  const [client, ...others] = await clientsNamed(fleet.db, said)
  if (!client) throw new WrongUsage(`There is no client "${said}".`)
  if (others.length > 0) throw new WrongUsage(`Several clients have the e-mail "${said}": give an id.`)
  const cluster = values.cluster === undefined ? undefined : (await clusterNamed(fleet, values.cluster)).id
  const opened = await writtenDown(
    fleet,
    { verb: 'tenant.opened', label: 'mgp tenants open' },
    async (db) => {
      const { tenantId, workId, name, kind, clusterId } = await openPractice(
        db,
        { vault: fleet.vault, jobs: undefined },
        { clientId: client.id, cluster, askedBy: null, now: fleet.clock.now() },
      )
      const after = { clientId: client.id, name, kind, clusterId }
      return { object: 'tenant', id: tenantId, tenant: tenantId, after, workId, name }
    },
  )
  const outcome = await fleet.works.run(opened.workId)
  console.log(`${opened.name}: ${outcome}. ${opened.tenant}`)
  return outcome === 'failed' ? 1 : 0
}
