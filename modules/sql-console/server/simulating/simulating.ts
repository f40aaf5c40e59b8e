/** A script, run for real in a transaction that cannot be committed, rolled back, and looked for afterwards. */
import type pg from 'pg'
import type { Statement } from '../statements/reading.ts'
import { usual, type Bounds } from './bounds.ts'
import { lookingAt } from './looking.ts'
import { beginDoomed, speakUp } from './pill.ts'
import { run } from './running.ts'
import { rowsOf, tables, type Tables } from './schema.ts'
import type { Effect, Failure, Simulation } from './simulation.ts'
import { watch } from './watching.ts'

/** Each opens a connection of its own, to the same database as the same login: none is kept, none was used before. */
export type Doors = { inside: (bounds: Bounds) => Promise<pg.Client>; beside: () => Promise<pg.Client> }

export type Script = { statements: Statement[]; parameters: unknown[] }

/** @throws what the network said before anything ran; whatever a statement says is in the report */
export async function simulate(doors: Doors, script: Script, bounds = usual): Promise<Simulation> {
  const began = performance.now()
  const [inside, beside] = await Promise.all([doors.inside(bounds), doors.beside()])
  // A connection that is ended from outside says so here, and to whoever waits for an answer.
  inside.on('error', () => {})
  try {
    const [{ xid, pid }, sequencesBefore] = await Promise.all([beginDoomed(inside), sequences(beside)])
    const watched = watch(doors.beside, pid, bounds)
    const found = await within({ inside, beside, xid, pid, bounds }, script).catch(async (error: unknown) => {
      // Ended from outside between two statements, while we looked at what they did.
      if (!(await watched.stop())) throw error
      return { statements: [], atCommit: nowhere(), locks: [], deadRows: 0, failure: undefined }
    })
    const ended = await watched.stop()
    const proof = await undone(inside, beside, xid)
    const sequencesAfter = await sequences(beside)
    const failure = ended ? { statement: null, code: ended, message: ended } : found.failure
    return {
      ...found,
      ...(failure && { failure }),
      status: failure ? 'failed' : 'simulated',
      residue: {
        sequences: [...sequencesAfter].flatMap(([name, to]) => {
          const from = sequencesBefore.get(name) ?? null
          return from === to ? [] : [{ name, from, to }]
        }),
        deadRows: found.deadRows,
      },
      proof,
      took: performance.now() - began,
    }
  } finally {
    await Promise.all([inside, beside].map((client) => client.end().catch(() => {})))
  }
}

const nowhere = () => ({ effects: {}, changes: [], moreChanges: 0 })

type At = { inside: pg.Client; beside: pg.Client; xid: string; pid: number; bounds: Bounds }
type Found = Pick<Simulation, 'statements' | 'atCommit' | 'locks'> & {
  failure?: Failure | undefined
  deadRows: number
}

async function within(at: At, { statements, parameters }: Script): Promise<Found> {
  const looking = lookingAt(at)
  const found: Found = { statements: [], atCommit: nowhere(), locks: [], deadRows: 0 }
  for (const [index, statement] of statements.entries()) {
    const before = statement.does === 'changes_schema' ? await schemaBefore(at, statement) : undefined
    const given = await run(
      at.inside,
      { text: statement.text, parameters: parameters.slice(0, statement.parameters) },
      at.bounds,
    ).catch((error: unknown) => failureOf(error, index, statement))
    if ('code' in given) return { ...found, failure: given }
    const seen = statement.does === 'reads' ? nowhere() : await looking.now()
    if (before) addTo(seen.effects, before, await tables(at.inside))
    found.statements.push({ text: statement.text, command: statement.command, ...given, ...seen })
  }
  const failure = await speakUp(at.inside).catch((error: unknown) => failureOf(error, null))
  if (failure) return { ...found, failure }
  if (statements.some(({ does }) => does !== 'reads')) found.atCommit = await looking.now()
  return { ...found, locks: await locks(at), deadRows: looking.deadRows() }
}

/** Of a statement that changes the schema: what is there before, and how many rows those tables have that it may empty. */
async function schemaBefore(
  { inside }: At,
  statement: Statement,
): Promise<{ was: Tables; rows: Map<string, number> }> {
  const was = await tables(inside)
  const rows = await rowsOf(inside, statement.names)
  return { was, rows }
}

function addTo(
  effects: { [table: string]: Effect },
  { was, rows }: { was: Tables; rows: Map<string, number> },
  is: Tables,
): void {
  for (const [oid, { name, file }] of was) {
    const now = is.get(oid)
    const dropped = !now
    const truncated = now !== undefined && now.file !== file && rows.has(name)
    if (!dropped && !truncated) continue
    const none = { inserted: 0, updated: 0, deleted: 0, exact: true }
    const rowsGone = rows.get(name)
    effects[name] = {
      ...none,
      ...effects[name],
      truncated,
      dropped,
      ...(rowsGone !== undefined && { rowsGone }),
    }
  }
}

async function locks({ inside }: At): Promise<Simulation['locks']> {
  const { rows } = await inside.query<{ table: string; mode: string }>(
    `SELECT c.relname AS table, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode <> 'AccessShareLock' AND c.relkind IN ('r', 'p', 'm')
       AND n.nspname = 'public' AND c.relname <> 'console_pill' ORDER BY 1, 2`,
  )
  return rows
}

async function sequences(client: pg.Client): Promise<Map<string, string | null>> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public'`,
  )
  return new Map(rows.map(({ name, value }) => [name, value]))
}

/** Rolled back, closed, and then asked of somebody else. */
async function undone(inside: pg.Client, beside: pg.Client, xid: string): Promise<Simulation['proof']> {
  await inside.query('ROLLBACK').catch(() => {})
  await inside.end().catch(() => {})
  for (;;) {
    const { rows } = await beside.query<{ status: string }>('SELECT pg_xact_status($1::xid8) AS status', [
      xid,
    ])
    const status = rows[0]?.status ?? 'unknown'
    // A backend that was ended takes a moment to be gone.
    if (status !== 'in progress') return { xid, status, unchanged: status === 'aborted' }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What PostgreSQL said of a statement, with its place in the whole text. */
export function failureOf(
  error: unknown,
  statement: number | null,
  { text = '', place }: Partial<Statement> = {},
): Failure {
  if (!(error instanceof Error)) throw error
  const said = error as pg.DatabaseError // or what the network said, which has less
  const at =
    said.position === undefined ? undefined : [...text].slice(0, Number(said.position) - 1).join('').length
  return {
    statement,
    code: said.code ?? 'connection',
    message: said.message,
    ...(said.detail !== undefined && { detail: said.detail }),
    ...(said.hint !== undefined && { hint: said.hint }),
    ...(at !== undefined && place && { at: place.from + at }),
  }
}
