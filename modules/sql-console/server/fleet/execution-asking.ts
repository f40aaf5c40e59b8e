/** What may be asked to be executed in many practices, and in which order they come. */
import {
  fleetStandsOut,
  noReceipt,
  notExecutedHere,
  spreadsValues,
  tooManyToKeep,
  type Effects,
} from '#contract/sql-console'
import { createHash } from 'node:crypto'
import { refuse, WrongField } from '#platform/server/requests.ts'
import { mostKept } from '../executing/performing.ts'
import type { Parts } from '../parts.ts'
import { keepingOf } from '../runs/keeping.ts'
import { fleetReportPlace, type KeptPractice } from './one-practice.ts'
import { sealedReports, type Db, type FleetRow, type PracticeRow } from './queries.ts'
import { differencesFrom, normOf } from './signatures.ts'

/** So many are named; of more it is how many. */
const namedUpTo = 100

/** @throws fleetStandsOut, noReceipt: in those that stay, the text does the same kind of thing, and does something */
export function includedOf(practices: readonly PracticeRow[], leaveOut: readonly string[]): PracticeRow[] {
  const out = new Set(leaveOut)
  const included = practices.filter(({ tenantId }) => !out.has(tenantId))
  if (included.length === 0) throw refuse(noReceipt)
  const norm = normOf(included.flatMap(({ signature }) => signature ?? []))
  const standing = included.flatMap(({ tenantId: id, state, receipt, signature }) => {
    if (state !== 'done' || !signature || !norm) return [{ id, why: 'not_done' }]
    if (!receipt) return [{ id, why: 'unchanged' }]
    return differencesFrom(norm, signature).length ? [{ id, why: 'differs' }] : []
  })
  if (standing.length === included.length && standing.every(({ why }) => why !== 'differs'))
    throw refuse(noReceipt)
  const { length: count } = standing
  if (count)
    throw refuse(fleetStandsOut, {
      details: { count, tenants: standing.slice(0, namedUpTo) },
      values: { count },
    })
  return included
}

/** @throws notExecutedHere, tooManyToKeep, spreadsValues, as of one database; each practice is asked again before it is executed */
export async function refuseNeverInAny(
  parts: Parts,
  db: Db,
  fleetId: string,
  included: readonly PracticeRow[],
): Promise<void> {
  for (const { tenantId, effects } of included) {
    if (isEmptying(effects)) throw refuse(notExecutedHere)
    const rows = Object.values(effects).reduce(
      (sum, one) => sum + one.inserted + one.updated + one.deleted,
      0,
    )
    if (rows > mostKept)
      throw refuse(tooManyToKeep, { details: { most: mostKept, tenantId }, values: { most: mostKept } })
  }
  // Whether values go where they are masked no more follows from the text and the schema.
  const ofEachSchema = new Map(included.map(({ schemaVersion, tenantId }) => [schemaVersion, tenantId]))
  for (const [tenantId, sealed] of await sealedReports(db, fleetId, [...ofEachSchema.values()])) {
    const keeping = await keepingOf(parts, tenantId)
    const { report } = keeping.open<KeptPractice>(sealed, fleetReportPlace(fleetId, tenantId)) ?? {}
    if (report?.schemaChanges.length) throw refuse(notExecutedHere)
    if (report?.spreads) throw refuse(spreadsValues)
  }
}

const isEmptying = (effects: Effects): boolean =>
  Object.values(effects).some(({ truncated, dropped }) => truncated || dropped)

export type Placed = { tenantId: string; wave: number }

/** One alone, a tenth of them, and the rest. */
export function wavesOf(included: readonly PracticeRow[], canary: string | null): Placed[] {
  const first = canary ?? included[0]?.tenantId
  if (!included.some(({ tenantId }) => tenantId === first))
    throw new WrongField('body', 'canary', 'sql_canary_left_out')
  const tenth = Math.max(1, Math.ceil(included.length / 10))
  let at = 0
  return included.map(({ tenantId }) => {
    if (tenantId === first) return { tenantId, wave: 0 }
    return { tenantId, wave: at++ < tenth ? 1 : 2 }
  })
}

/** Of the text, and of what it does in each practice, and in which order: what is approved. */
export function fleetReceipt(
  { digest }: Pick<FleetRow, 'digest'>,
  included: readonly PracticeRow[],
  waves: readonly Placed[],
  automatic: boolean,
): Buffer {
  const receipts = included.map(({ tenantId, receipt }, index) => [
    tenantId,
    receipt?.toString('hex'),
    waves[index]?.wave,
  ])
  return createHash('sha256')
    .update(JSON.stringify([digest.toString('hex'), receipts, automatic]))
    .digest()
}
