/**
 * Statements that only read, on one connection, for whoever has hundreds of databases to look into: in a transaction that is read-only
 * and has looked once, which nothing lifts any more, whatever is typed ("must be set before any query"). What writes is not sent here.
 */
import type pg from 'pg'
import { answered, opened, type Line } from '../simulating/lines.ts'
import { runOnce } from './running-once.ts'
import type { Bounds } from '../simulating/bounds.ts'
import type { Doors, Script } from '../simulating/simulating.ts'
import type { Failure, Simulation } from '../simulating/simulation.ts'
import { sharing } from '../simulating/sharing.ts'
import { answeredAlong } from '../targets/doors.ts'
import { strangeFunction } from '../simulating/strange-functions.ts'
import { watch, type Watch } from '../simulating/watching.ts'
import type { Columns } from '../masking/columns.ts'
import { askingFor, howMade, namedIn, tablesAtOnce, type Asked, type Named } from './how-made.ts'

/**
 * @param columnsOf is asked within the same transaction, when all has run
 * @throws what the network said before anything ran
 */
export async function readLean(
  doors: Doors,
  { statements, parameters }: Script,
  bounds: Bounds,
  columnsOf: (client: Line['client'], made?: string) => Promise<Columns>,
  signal: AbortSignal,
): Promise<{ simulation: Simulation; columns: Columns | undefined }> {
  const began = performance.now()
  const named = namedIn(statements)
  const asking = `BEGIN READ ONLY; ${askingFor(named)}`
  const line = await opened(() => doors.inside(bounds, asking), bounds.answer)
  const callOff = () => line.cut('cancelled')
  signal.addEventListener('abort', callOff, { once: true })
  if (signal.aborted) callOff()
  const simulation: Simulation = {
    status: 'simulated',
    statements: [],
    atCommit: { effects: {}, changes: [], moreChanges: 0 },
    locks: [],
    schemaChanges: [],
    residue: { sequences: [], deadRows: 0 },
    proof: { xid: '', status: 'read only', unchanged: true },
    took: 0,
  }
  let columns: Columns | undefined
  let reached: number | null = null
  try {
    const { pid, made } = await answered(line, bounds.answer, beginLooking(line, named, asking))
    // It has no number to be ended by: to be cut is enough, the backend sees within a fifth of a second that nobody is there.
    const watched = watchLater(() => watch(doors.beside, { pid, xid: '0', beside: 0, cut: line.cut }, bounds))
    try {
      const strange = await strangeOnce(line.client, statements, made)
      if (strange)
        return { simulation: failed(simulation, strange, began), columns: await columnsOf(line.client) }
      const shares = sharing(bounds, statements)
      for (const [index, statement] of statements.entries()) {
        reached = index
        const typed = { text: statement.text, parameters: parameters.slice(0, statement.parameters) }
        const turns = line.turns()
        const { kept, ...given } = await runOnce(line, typed, shares.of(index))
        shares.took(kept)
        if (line.state() !== 'T' || line.turns() !== turns) {
          line.cut('transaction_left')
          break
        }
        simulation.statements.push({
          text: statement.text,
          command: statement.command,
          plan: null,
          buffers: { hit: 0, read: 0 },
          effects: {},
          changes: [],
          moreChanges: 0,
          ...given,
        })
      }
      line.allow(bounds.arriving)
      columns = await columnsOf(line.client, made)
    } finally {
      await watched.stop()
    }
    const ending = line.ending()
    if (ending)
      return {
        simulation: failed(simulation, { statement: reached, code: ending, message: ending }, began),
        columns,
      }
    return { simulation: { ...simulation, took: performance.now() - began }, columns }
  } catch (error) {
    const failure = failureOf(
      error,
      reached,
      statements[reached ?? 0]?.place.from ?? 0,
      statements[reached ?? 0]?.text ?? '',
    )
    const ending = line.ending()
    if (line.state() === 'E')
      columns = await line.client
        .query('ROLLBACK')
        .then(() => columnsOf(line.client))
        .catch(() => undefined)
    return {
      simulation: failed(simulation, ending ? { ...failure, code: ending, message: ending } : failure, began),
      columns,
    }
  } finally {
    signal.removeEventListener('abort', callOff)
    // Nobody waits for the goodbye: with the connection its transaction ends.
    void line.close()
  }
}

/** Databases that are made alike say the same of a text. */
const known = new WeakMap<Script['statements'], Map<string, Failure | undefined>>()

async function strangeOnce(
  client: Line['client'],
  statements: Script['statements'],
  made: string | undefined,
): Promise<Failure | undefined> {
  if (made === undefined) return strangeFunction(client, statements)
  const said = known.get(statements) ?? new Map<string, Failure | undefined>()
  known.set(statements, said)
  if (!said.has(made)) said.set(made, await strangeFunction(client, statements))
  return said.get(made)
}

/** Who only reads holds up nobody but who changes the table itself, and most are over by then: it costs a connection. */
const watchedAfterMs = 350

function watchLater(begin: () => Watch): Watch {
  let watching: Watch | undefined
  const timer = setTimeout(() => (watching = begin()), watchedAfterMs)
  return {
    async stop() {
      clearTimeout(timer)
      await watching?.stop()
    },
  }
}

type Looked = [unknown, { rows: Asked[] }, { rows: unknown[] }]

/** What it sees is fixed before anything typed is sent. @returns no `made` where too much is named to be asked for at once */
async function beginLooking(
  { client }: Line,
  named: Named,
  asking: string,
): Promise<{ pid: number; made?: string }> {
  const results = answeredAlong.get(client) ?? (await client.query(asking))
  const [, { rows: answers }, { rows: functions }] = results as unknown as Looked // node-postgres gives a list for a list
  const asked = answers[0]! // there is always one
  const { pid } = asked
  if (named.tables.length > tablesAtOnce) return { pid }
  return { pid, made: await howMade(client, named, asked, functions) }
}

const failed = (simulation: Simulation, failure: Failure, began: number): Simulation => ({
  ...simulation,
  status: 'failed',
  failure,
  took: performance.now() - began,
})

function failureOf(error: unknown, statement: number | null, from: number, text: string): Failure {
  if (!(error instanceof Error)) throw error
  const said = error as pg.DatabaseError // or what the network said, which has less
  const at =
    said.position === undefined || statement === null
      ? undefined
      : [...text].slice(0, Number(said.position) - 1).join('').length
  return {
    statement,
    code: said.code ?? 'connection',
    message: error.message,
    ...(said.detail !== undefined && { detail: said.detail }),
    ...(said.hint !== undefined && { hint: said.hint }),
    ...(at !== undefined && { at: from + at }),
  }
}
