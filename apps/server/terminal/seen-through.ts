import { troubleOf, type Asked } from '#server/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { OwnFleet } from './own-fleet.ts'
import { writtenDown } from './written-down.ts'

const tries = 3

/**
 * Asks for a work on a tenant, writes down that it was asked for, and does it here. Cut short, it is gone on with by the
 * server, or by the next command.
 * @param ask what begins it, in the transaction that writes it down
 * @returns whether it is done
 */
export async function seenThrough(
  fleet: OwnFleet,
  { verb, name }: { verb: string; name: string },
  ask: (db: CentralDb) => Promise<Asked>,
): Promise<boolean> {
  const label = `mgp tenants ${verb.split('.')[1]?.split('_')[0] ?? ''}`
  const { workId } = await writtenDown(fleet, { verb, label }, ask)
  let outcome = await fleet.works.run(workId)
  for (let more = 1; outcome === 'waiting' && more < tries; more++) outcome = await fleet.works.run(workId)
  if (outcome === 'done') return true
  const { step, errorCode, errorDetail } = await troubleOf(fleet.db, workId)
  const why = errorCode === null ? '' : `: ${errorCode}. ${errorDetail ?? ''}`
  const what = outcome === 'failed' ? 'failed' : outcome === 'taken' ? 'another process does it' : 'waits'
  process.stderr.write(`${name}: ${what} in step ${step ?? '-'}${why}\n`)
  return false
}
