/**
 * A script, run for good: in one transaction, committed only when it has done what was approved, and when the way back is kept.
 * The database is asked afterwards what became of it, by another connection.
 */
import type pg from 'pg'
import type { Ways } from '../parts.ts'
import { effectsInTurn } from '../runs/receipts.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { lookingAt } from '../simulating/looking.ts'
import { speakUp } from '../simulating/pill.ts'
import { run } from '../simulating/running.ts'
import { failureOf, type Script } from '../simulating/simulating.ts'
import type { Simulation, StatementReport } from '../simulating/simulation.ts'

import { watch } from '../simulating/watching.ts'
import { allChanged, type KeptRow } from './images.ts'

/** Beyond, nothing is executed: what cannot be undone is not done here. */
export const mostKept = 10_000

export type Done = Pick<Simulation, 'statements' | 'atCommit'>

export type Performed =
  | { outcome: 'executed'; done: Done; xid: string }
  /** Rolled back: it failed, or did something else than was approved. */
  | { outcome: 'failed'; failure: NonNullable<Simulation['failure']>; done: Done }
  | { outcome: 'drifted'; where: Drift[]; done: Done }
  | { outcome: 'too_many' }
  /** Nobody knows yet: the database cannot be asked. */
  | { outcome: 'unknown'; xid: string }

/** At which statement, in which table, what was approved and what would have been. */
export type Drift = { statement: number; table: string; approved: unknown; found: unknown }

export type Agreed = {
  /** Of the simulation that was approved. */
  effects: ReturnType<typeof effectsInTurn>
  /** Written down before COMMIT is sent; what it throws rolls back. */
  beforeCommit(xid: string, kept: KeptRow[]): Promise<void>
}

export async function perform(
  ways: Ways,
  script: Script,
  agreed: Agreed,
  bounds: Bounds = { ...usual, changes: 0 },
): Promise<Performed> {
  const [inside, beside] = await Promise.all([ways.inside(bounds), ways.beside()])
  for (const client of [inside, beside]) client.on('error', () => {})
  try {
    const { xid, pid } = await begin(inside)
    const watched = watch(ways.beside, pid, bounds)
    const found = await within({ inside, beside, xid, pid, bounds }, script, agreed).finally(() =>
      watched.stop(),
    )
    const ended = await watched.stop()
    if (found.outcome !== 'ready') {
      await inside.query('ROLLBACK').catch(() => {})
      return ended && found.outcome === 'failed'
        ? { ...found, failure: { statement: null, code: ended, message: ended } }
        : found
    }
    await inside.query('COMMIT').catch(() => {})
    const status = await statusOf(beside, xid)
    if (status === 'committed') return { outcome: 'executed', done: found.done, xid }
    if (status === 'aborted')
      return {
        outcome: 'failed',
        done: found.done,
        failure: {
          statement: null,
          code: ended ?? 'connection',
          message: ended ?? 'the connection was lost',
        },
      }
    return { outcome: 'unknown', xid }
  } finally {
    await Promise.all([inside, beside].map((client) => client.end().catch(() => {})))
  }
}

async function begin(inside: pg.Client): Promise<{ xid: string; pid: number }> {
  await inside.query('BEGIN')
  const { rows } = await inside.query<{ xid: string; pid: number }>(
    'SELECT pg_current_xact_id()::text AS xid, pg_backend_pid() AS pid',
  )
  const [row] = rows
  if (!row) throw new Error('a transaction began without a number')
  return row
}

type At = { inside: pg.Client; beside: pg.Client; xid: string; pid: number; bounds: Bounds }

async function within(
  at: At,
  { statements, parameters }: Script,
  { effects, beforeCommit }: Agreed,
): Promise<Exclude<Performed, { outcome: 'executed' | 'unknown' }> | { outcome: 'ready'; done: Done }> {
  const looking = lookingAt(at)
  const done: Done & { statements: StatementReport[] } = {
    statements: [],
    atCommit: { effects: {}, changes: [], moreChanges: 0 },
  }
  for (const [index, statement] of statements.entries()) {
    const given = await run(
      at.inside,
      { text: statement.text, parameters: parameters.slice(0, statement.parameters) },
      at.bounds,
    ).catch((error: unknown) => failureOf(error, index, statement))
    if ('code' in given) return { outcome: 'failed', failure: given, done }
    const seen = await looking.now()
    done.statements.push({ text: statement.text, command: statement.command, ...given, ...seen })
  }
  const failure = await speakUp(at.inside).catch((error: unknown) => failureOf(error, null))
  if (failure) return { outcome: 'failed', failure, done }
  done.atCommit = await looking.now()

  const where = driftsBetween(effects, effectsInTurn(done))
  if (where.length) return { outcome: 'drifted', where, done }
  const kept = await allChanged(at, mostKept)
  if (!kept) return { outcome: 'too_many' }
  await beforeCommit(at.xid, kept)
  return { outcome: 'ready', done }
}

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

/** A COMMIT whose answer was lost was done or was not: who asks until the transaction is over knows. */
async function statusOf(beside: pg.Client, xid: string): Promise<string | undefined> {
  for (let turn = 0; turn < 100; turn++) {
    const status = await askStatus(beside, xid).catch(() => undefined)
    if (status !== 'in progress') return status
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return undefined
}

export async function askStatus(client: pg.Client, xid: string): Promise<string | undefined> {
  const { rows } = await client.query<{ status: string | null }>(
    'SELECT pg_xact_status($1::xid8) AS status',
    [xid],
  )
  return rows[0]?.status ?? undefined
}
