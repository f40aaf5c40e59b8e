/** What it holds while it runs, and what stays of it when it was rolled back. */
import type pg from 'pg'
import type { Lock, Simulation } from './simulation.ts'
import type { Held } from './touched.ts'

export type Sequences = Map<string, { value: string | null; readable: boolean }>

/** Where each stands. A rollback does not set them back. */
export async function sequences(client: pg.Client): Promise<Sequences> {
  const { rows } = await client.query<{ name: string; value: string | null; readable: boolean }>(
    `SELECT CASE WHEN schemaname = 'public' THEN sequencename ELSE schemaname || '.' || sequencename END AS name,
       last_value::text AS value, has_sequence_privilege(c.oid, 'USAGE') OR has_sequence_privilege(c.oid, 'SELECT') AS readable
     FROM pg_sequences s JOIN pg_namespace n ON n.nspname = s.schemaname
       JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.sequencename`,
  )
  return new Map(rows.map(({ name, ...one }) => [name, one]))
}

/** One that may not be read may have moved, where anything was done at all. */
export const advanced = (
  before: Sequences,
  after: Sequences,
  didSomething: boolean,
): Simulation['residue']['sequences'] =>
  [...after].flatMap(([name, { value: to, readable }]) => {
    const from = before.get(name)?.value ?? null
    return (readable ? from === to : !didSomething || !before.has(name)) ? [] : [{ name, from, to }]
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
