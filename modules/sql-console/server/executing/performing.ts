/**
 * A script, run for good: in one transaction, committed only when it has done what was approved, and when the way back is kept.
 * The database is asked afterwards what became of it, by another connection.
 */
import { receiptOther, targetNotReady } from '#contract/sql-console'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { refuse } from '#platform/server/requests.ts'
import type { Ways } from '../parts.ts'
import { effectsInTurn } from '../runs/receipts.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { answered, bothOpened, type Line } from '../simulating/lines.ts'
import { proven } from '../simulating/proving.ts'
import { within, type At, type Script } from '../simulating/simulating.ts'
import type { Simulation } from '../simulating/simulation.ts'
import { catalogue } from '../simulating/touched.ts'
import { watch } from '../simulating/watching.ts'
import { allChanged, type KeptRow } from './images.ts'

/** Beyond, nothing is executed: what cannot be undone is not done here. */
export const mostKept = 10_000

export type Done = Pick<Simulation, 'statements' | 'atCommit' | 'locks' | 'schemaChanges'>

export type Performed =
  | { outcome: 'executed'; done: Done; xid: string }
  /** Rolled back: it failed, or did something else than was approved. */
  | { outcome: 'failed'; failure: NonNullable<Simulation['failure']>; done: Done }
  /** Nobody knows yet: the database cannot be asked. */
  | { outcome: 'unknown'; xid: string }

/** At which statement, in which table, what was approved and what would have been. */
export type Drift = { statement: number; table: string; approved: unknown; found: unknown }

export type Agreed = {
  schemaVersion: number | null
  /** Of the simulation that was approved. */
  effects: ReturnType<typeof effectsInTurn>
  /** Written down before COMMIT is sent; what it throws rolls back. */
  beforeCommit(xid: string, kept: KeptRow[]): Promise<void>
}

/** @throws what the network said before anything ran, and what `beforeCommit` throws */
export async function perform(
  ways: Ways,
  script: Script,
  agreed: Agreed,
  signal?: AbortSignal,
  bounds: Bounds = { ...usual, rows: 0 },
): Promise<Performed> {
  const lines = await bothOpened(() => ways.inside(bounds), ways.beside, bounds)
  const { inside, beside } = lines
  const callOff = () => inside.cut('cancelled')
  try {
    const start = await begun(lines, bounds)
    if (ways.schemaVersion !== agreed.schemaVersion) throw refuse(receiptOther)
    signal?.addEventListener('abort', callOff, { once: true })
    if (signal?.aborted) callOff()
    const watched = watch(ways.beside, { ...start, cut: inside.cut }, bounds)
    const at = { ...start, ...lines, bounds }
    const found = await within(at, script)
      .then(async (done) => ({
        done,
        obstacle: done.failure ?? (inside.ending() ? undefined : await whyNot(at, done, agreed)),
      }))
      .catch((error: unknown) => {
        // Cut while we looked at what it did: others waited, or it took too long.
        if (!inside.ending()) throw error
        return { done: nothingTold, obstacle: undefined }
      })
      .finally(watched.stop)
    const { done, obstacle } = found
    // From here on nobody calls it off: what is sent is done or not, and the database is asked which.
    signal?.removeEventListener('abort', callOff)
    const last = obstacle || inside.ending() ? 'ROLLBACK' : 'COMMIT'
    const ending = inside.ending()
    await answered(inside, bounds.answer, inside.client.query(last)).catch(() => inside.cut('connection'))
    const { status } = await proven(ways.beside, lines, start)
    if (status === 'committed') return { outcome: 'executed', done, xid: start.xid }
    if (status !== 'aborted') return { outcome: 'unknown', xid: start.xid }
    const lost = ending ?? (obstacle ? undefined : (inside.ending() ?? 'connection'))
    const failure = lost ? { statement: done.reached, code: lost, message: lost } : obstacle
    return {
      outcome: 'failed',
      done,
      failure: failure ?? { statement: null, code: 'connection', message: 'not committed' },
    }
  } finally {
    signal?.removeEventListener('abort', callOff)
    await Promise.all([inside.close(), beside.close()])
  }
}

const nothingTold: Done & { reached: null } = {
  statements: [],
  atCommit: { effects: {}, changes: [], moreChanges: 0 },
  locks: [],
  schemaChanges: [],
  reached: null,
}

/** The effects are others than were approved, or there is no way back. */
async function whyNot(
  at: At & { inside: Line; beside: Line },
  done: Done,
  { effects, beforeCommit }: Agreed,
): Promise<NonNullable<Simulation['failure']> | undefined> {
  const drifts = driftsBetween(effects, effectsInTurn(done))
  const [first] = drifts
  if (first)
    return {
      statement: first.statement < done.statements.length ? first.statement : null,
      code: 'drifted',
      message: [...new Set(drifts.map(({ table }) => table))].join(', '),
      detail: JSON.stringify(drifts),
    }
  // Whatever was typed: what is committed is what was looked at.
  const { rows } = await at.inside.client.query<{ xid: string | null }>(
    'SELECT pg_current_xact_id_if_assigned()::text AS xid',
  )
  if (rows[0]?.xid !== at.xid) at.inside.cut('transaction_left')
  const kept = await allChanged({ inside: at.inside.client, beside: at.beside.client, numbers: at }, mostKept)
  if ('none' in kept) return { statement: null, code: kept.none, message: kept.none }
  await beforeCommit(at.xid, kept.rows)
  return undefined
}

/** Like a simulation, and without what dooms it. */
async function begun({ inside, beside }: { inside: Line; beside: Line }, { answer }: Bounds) {
  await answered(inside, answer, inside.client.query('BEGIN READ WRITE'))
  // A practice that moves is held still by this setting, which we defy: who came before it was set is ended, who comes after is told.
  const { rowCount } = await answered(inside, answer, inside.client.query(heldStill))
  if (rowCount) throw refuse(targetNotReady, { details: { state: 'moving' } })
  const [numbers, first, other] = await Promise.all([
    answered(
      inside,
      answer,
      inside.client.query<{ xid: string; pid: number; sinceFirst: string }>(
        `SELECT pg_current_xact_id()::text AS xid, pg_backend_pid() AS pid, mxid_age('1'::xid)::text AS "sinceFirst"`,
      ),
    ),
    answered(beside, answer, catalogue(beside.client)),
    answered(beside, answer, beside.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')),
  ])
  const [row] = numbers.rows
  if (!row) throw new Error('a transaction began without a number')
  const nextMulti = ((BigInt(row.sinceFirst) + 1n + 2n ** 32n) % 2n ** 32n).toString()
  return {
    xid: row.xid,
    pid: row.pid,
    nextMulti,
    first,
    beside: other.rows[0]?.pid ?? 0,
    sequences: new Map() as At['sequences'],
  }
}

const heldStill = `SELECT FROM pg_db_role_setting s, unnest(s.setconfig) AS setting
  WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND setting ~ '^default_transaction_read_only=(on|true|yes|1)$'`

export function driftsBetween(approved: Agreed['effects'], found: Agreed['effects']): Drift[] {
  const count = Math.max(approved.length, found.length)
  return Array.from({ length: count }, (_, statement) => {
    const [was, is] = [new Map(approved[statement]), new Map(found[statement])]
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((table) => {
      const [meant, came] = [was.get(table) ?? null, is.get(table) ?? null]
      return JSON.stringify(meant) === JSON.stringify(came)
        ? []
        : [{ statement, table, approved: meant, found: came }]
    })
  }).flat()
}

/** A transaction's number, and of which database: in another it would be somebody else's. */
export const whereIs = (ways: Pick<Ways, 'database'>, xid: string): string =>
  `${xid} ${createHash('sha256').update(ways.database).digest('base64url').slice(0, 16)}`

export async function askStatus(client: pg.ClientBase, xid: string): Promise<string | undefined> {
  const { rows } = await client.query<{ status: string | null }>(
    'SELECT pg_xact_status($1::xid8) AS status',
    [xid],
  )
  return rows[0]?.status ?? undefined
}
