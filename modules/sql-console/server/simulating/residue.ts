/** What it holds while it runs, and what stays of it when it was rolled back. */
import type pg from 'pg'
import type { Lock, Simulation } from './simulation.ts'
import type { Held } from './touched.ts'

export type Sequences = Map<string, { value: string | null; readable: boolean }>

/** Where each stands. A rollback does not set them back. */
export async function sequences(client: pg.Client): Promise<Sequences> {
  // One that somebody else is about to drop or to restart keeps whoever asks for it waiting; to look for those each time costs a millisecond.
  const rows = await standing(client, 'true').catch((error: unknown) => {
    if (!inTheWay.has((error as { code?: string }).code ?? '')) throw error
    return standing(client, isFree)
  })
  return new Map(rows.map(({ name, ...one }) => [name, one]))
}

/** `lock_not_available`; `internal_error`: it went between being named and being read. */
const inTheWay = new Set(['55P03', 'XX000'])

/** Of a relation `c`: nobody else holds it so that it cannot even be read. */
export const isFree = `NOT EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'relation' AND l.relation = c.oid
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_backend_pid())`

/** @param may is asked of each first: of the others no value is read */
async function standing(client: pg.Client, may: string) {
  const { rows } = await client.query<{ name: string; value: string | null; readable: boolean }>(
    `SELECT name, CASE WHEN readable THEN pg_sequence_last_value(oid)::text END AS value, readable
     FROM (SELECT c.oid, CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
         (has_sequence_privilege(c.oid, 'USAGE') OR has_sequence_privilege(c.oid, 'SELECT')) AND ${may} AS readable
       FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^pg_temp_') AS known`,
  )
  return rows
}

/** One that could not be read, at either time, may have moved, where anything was done at all. */
export const advanced = (
  before: Sequences,
  after: Sequences,
  didSomething: boolean,
): Simulation['residue']['sequences'] =>
  [...after].flatMap(([name, is]) => {
    const was = before.get(name)
    if (is.readable && (!was || was.readable)) {
      const [from, to] = [was?.value ?? null, is.value]
      return from === to ? [] : [{ name, from, to }]
    }
    return was && didSomething ? [{ name, from: null, to: null }] : []
  })

/** From the weakest to the strongest: of a table the last is told. */
const modes = [
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
]

/** Of each table the strongest; whoever only reads keeps nobody from anything but dropping it. */
export async function locks(client: pg.Client): Promise<Lock[]> {
  const { rows } = await client.query<{ table: string; mode: string }>(
    `SELECT CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS table, l.mode
     FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode = ANY ($1) AND c.relkind IN ('r', 'p', 'm')
       AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname <> 'console_pill'
     ORDER BY 1, array_position($1, l.mode)`,
    [modes],
  )
  const strongest = new Map(rows.map(({ table, mode }) => [table, mode]))
  return [...strongest].map(([table, mode]) => ({ table, mode, blocks: blockedBy(mode) }))
}

/** The same of what somebody else saw of it. @param held in the order of their names */
export function locksIn(held: Held): Lock[] {
  return held.facts
    .flatMap(({ oid, name, modes: taken }) => {
      const mode = modes.findLast((one) => taken.includes(one))
      const isOurs = Number(oid) >= 16384
      return mode === undefined || !isOurs ? [] : [{ table: name, mode, blocks: blockedBy(mode) }]
    })
    .toSorted((a, b) => (a.table < b.table ? -1 : 1))
}

function blockedBy(mode: string): Lock['blocks'] {
  if (mode === 'AccessExclusiveLock') return 'reading'
  return modes.indexOf(mode) >= modes.indexOf('ShareLock') ? 'writing' : 'changing'
}
