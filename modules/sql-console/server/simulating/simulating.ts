/** A script, run for real in a transaction that cannot be committed, rolled back, and looked for afterwards. */
import type pg from 'pg'
import type { Statement } from '../statements/reading.ts'
import { usual, type Bounds } from './bounds.ts'
import { definitions, differing } from './definitions.ts'
import { answered, bothOpened, type Line } from './lines.ts'
import { lookingAt } from './looking.ts'
import { beginDoomed, speak, speakUp, Unguarded } from './pill.ts'
import { buffersOf, planOf } from './planning.ts'
import { undone } from './proving.ts'
import { advanced, locks, locksIn, sequences, type Sequences } from './residue.ts'
import { run } from './running.ts'
import { sharing } from './sharing.ts'
import type { Failure, Simulation } from './simulation.ts'
import { strangeFunction } from './strange-functions.ts'
import { catalogue, countsOf, type Catalogue, type Pages } from './touched.ts'
import { watch } from './watching.ts'

/** Each opens a connection to the same database as the same login. */
export type Doors = {
  /**
   * Used by nobody before, and by nobody after.
   * @param along questions of ours, asked with the first one (`answeredAlong`)
   */
  inside: (bounds: Bounds, along?: string) => Promise<pg.Client>
  /** Looks on: nothing that was typed ever ran on it. */
  beside: () => Promise<pg.Client>
  /** Takes one that looked on, for whoever looks on next. */
  back?: (client: pg.Client) => void
}

export type Script = {
  statements: Statement[]
  parameters: unknown[]
  /** Nobody typed it: the way back, which puts rows as they were. */
  isOurs?: boolean
}

/**
 * @param signal ends it at once
 * @throws what the network said before anything ran; whatever a statement says is in the report
 */
export async function simulate(
  doors: Doors,
  script: Script,
  bounds: Bounds = usual,
  signal?: AbortSignal,
): Promise<Simulation> {
  const began = performance.now()
  const lines = await bothOpened(() => doors.inside(bounds), doors.beside, bounds)
  const { inside, beside } = lines
  const callOff = () => inside.cut('cancelled')
  let isQuiet = false
  try {
    const start = await started(lines, script, bounds)
    if ('code' in start)
      return { ...nothingRan, failure: start, took: performance.now() - began, status: 'failed' }
    signal?.addEventListener('abort', callOff, { once: true })
    if (signal?.aborted) callOff()
    const watched = watch(doors.beside, { ...start, cut: inside.cut }, bounds)
    const found = await within({ ...start, inside, beside, bounds }, script).finally(watched.stop)
    // Nothing that is still to come moves them.
    const early = inside.ending() ? undefined : sequencesMoved(beside, start.sequences, bounds, script)
    const proof = await undone(doors.beside, lines, start, bounds)
    const moved = await (early ?? sequencesMoved(beside, start.sequences, bounds, script))
    // Whoever answered last has nothing left to answer.
    isQuiet = proof.unchanged && !beside.ending()
    const ending = inside.ending() ?? (found.failure ? undefined : beside.ending())
    const failure = ending
      ? { statement: found.reached, code: ending, message: found.failure?.message ?? ending }
      : found.failure
    const { statements, atCommit, locks: held, schemaChanges, deadRows } = found
    const unproven: Failure | undefined = proof.unchanged
      ? undefined
      : { statement: null, code: 'unproven', message: proof.status }
    return {
      status: (failure ?? unproven) ? 'failed' : 'simulated',
      ...((failure ?? unproven) && { failure: failure ?? unproven }),
      statements,
      atCommit,
      locks: held,
      schemaChanges,
      residue: { sequences: moved, deadRows },
      proof,
      took: performance.now() - began,
    }
  } finally {
    signal?.removeEventListener('abort', callOff)
    // What became of it is known: nobody waits for a goodbye.
    void inside.close()
    if (isQuiet && doors.back) doors.back(beside.letGo())
    else void beside.close()
  }
}

const nowhere = () => ({ effects: {}, changes: [], moreChanges: 0 })
const nothingRan = {
  statements: [],
  atCommit: nowhere(),
  locks: [],
  schemaChanges: [],
  residue: { sequences: [], deadRows: 0 },
  proof: { xid: '', status: 'not begun', unchanged: true },
}

type Start = {
  xid: string
  pid: number
  nextMulti: string
  beside: number
  sequences: Sequences
  first: Catalogue
  /** Of our tables, that it looked at before anything was typed. */
  pages?: Pages
}

/** @returns why it does not begin, where what would have to hold does not */
async function started(
  { inside, beside }: { inside: Line; beside: Line },
  { statements }: Script,
  bounds: Bounds,
): Promise<Start | Failure> {
  const { client } = beside
  const [doomed, watched] = await Promise.all([
    answered(inside, bounds.answer, beginDoomed(inside.client)).catch((error: unknown) => {
      if (error instanceof Unguarded) return error
      throw error
    }),
    answered(
      beside,
      bounds.answer,
      client
        // It looks and does nothing else, and for a lock it hardly waits. The login may not call set_config.
        .query(
          `SET default_transaction_read_only = on; SET statement_timeout = ${bounds.statement}; SET lock_timeout = 200;
           SET max_parallel_workers_per_gather = 0; SELECT pg_backend_pid() AS pid`,
        )
        .then(async (results) => ({
          beside: (results as unknown as { rows: { pid?: number }[] }[]).at(-1)?.rows[0]?.pid ?? 0, // a list for a list
          strange: await strangeFunction(client, statements),
          first: await catalogue(client),
          sequences: await sequences(client),
        })),
    ),
  ])
  if (doomed instanceof Unguarded) return { statement: null, code: 'unguarded', message: doomed.message }
  const { strange, ...rest } = watched
  return strange ?? { ...doomed, ...rest }
}

export type At = Omit<Start, 'beside'> & { inside: Line; beside: Line; bounds: Bounds }
export type Found = Pick<Simulation, 'statements' | 'atCommit' | 'locks' | 'schemaChanges'> & {
  failure?: Failure | undefined
  /** The statement it came to. */
  reached: number | null
  deadRows: number
}

export async function within(at: At, { statements, parameters }: Script): Promise<Found> {
  const { inside, beside, bounds } = at
  const { client } = inside
  const changesSchema = statements.some(({ does }) => does === 'changes_schema')
  const looking = lookingAt({
    inside: client,
    beside: beside.client,
    numbers: at,
    bounds,
    first: at.first,
    // What is defined within is known inside alone.
    pid: changesSchema ? undefined : at.pid,
  })
  const found: Found = {
    statements: [],
    atCommit: nowhere(),
    locks: [],
    schemaChanges: [],
    reached: null,
    deadRows: 0,
  }
  const shares = sharing(bounds, statements)
  const writing = statements.map(({ does }) => does !== 'reads')
  const writes = writing.includes(true)
  try {
    const asItWas = changesSchema ? await definitions(client) : undefined
    for (const [index, statement] of statements.entries()) {
      found.reached = index
      const typed = { text: statement.text, parameters: parameters.slice(0, statement.parameters) }
      if (writing[index]) looking.allot(writing.slice(index).filter(Boolean).length)
      await looking.before(statement)
      const plan = await planOf(inside, statement.command, typed, bounds)
      // Asked where the schema changes in any case: until the next question the last one holds the tables that it read.
      const isFirst = index === 0 && !changesSchema
      const before = (isFirst && at.pages) || (await countsOf(client, [])).pages
      const turns = inside.turns()
      const { kept, ...given } = await run(inside, typed, shares.of(index))
      shares.took(kept)
      if (inside.state() !== 'T' || inside.turns() !== turns) {
        inside.cut('transaction_left')
        return found
      }
      inside.allow(4 * bounds.arriving)
      beside.allow(4 * bounds.arriving)
      const seen = await looking.after(statement)
      found.deadRows = looking.deadRows()
      found.statements.push({
        text: statement.text,
        command: statement.command,
        plan,
        buffers: buffersOf(before, looking.pages()),
        ...given,
        ...seen,
      })
    }
    found.reached = null
    const held = looking.held()
    // Nothing speaks up where nothing waits.
    const isToSpeak = held === undefined || held.waiting.length > 0
    const isToLook = writes && (isToSpeak || looking.isBehind())
    looking.allot(1)
    if (isToLook) await looking.before(null)
    if (held) await speak(client, held.waiting)
    else await speakUp(client)
    if (isToLook) found.atCommit = await looking.after(null)
    found.deadRows = looking.deadRows()
    if (asItWas) found.schemaChanges = differing(asItWas, await definitions(client))
    const last = looking.held()
    found.locks = last ? locksIn(last) : await locks(beside.client, at.pid, looking.ours)
  } catch (error) {
    const wasLost = inside.ending() ?? beside.ending()
    found.failure = failureOf(error, found.reached, statements, wasLost)
  }
  return found
}

async function sequencesMoved(
  beside: Line,
  before: Sequences,
  { answer }: Bounds,
  { statements }: Script,
): Promise<Simulation['residue']['sequences']> {
  const writes = statements.some(({ does }) => does !== 'reads')
  const after = await answered(beside, answer, sequences(beside.client)).catch(() => undefined)
  // Whoever cannot be asked is not said to stand still.
  const unknown = new Map([...before].map(([name]) => [name, { value: null, readable: false }]))
  return advanced(before, after ?? unknown, writes)
}

/** @throws what is neither the database's nor the network's: a mistake of ours */
export function failureOf(
  error: unknown,
  statement: number | null,
  statements: readonly Pick<Statement, 'text' | 'place'>[],
  wasLost?: string,
): Failure {
  if (!(error instanceof Error) || !('code' in error || wasLost)) throw error
  const said = error as pg.DatabaseError // or what the network said, which has less
  const { text = '', place } = (statement === null ? undefined : statements[statement]) ?? {}
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
