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

/**
 * Of each relation the strongest, as somebody else sees it: what was dropped meanwhile has its name there still, and what the text made
 * itself keeps nobody waiting. Whoever only reads keeps nobody from anything but dropping it. Of a view only who closes it holds
 * anybody up; a sequence that goes with its table is not told beside it.
 * @param ours tables we hold still ourselves, by their number: that lock is not the text's
 */
export async function locks(
  beside: pg.Client,
  pid: number,
  ours: ReadonlySet<string> = new Set(),
): Promise<Lock[]> {
  const { rows } = await beside.query<{
    oid: string
    table: string
    owner: string
    mode: string
  }>(
    `SELECT c.oid::text AS oid, l.mode,
       CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS table,
       (SELECT d.refobjid::text FROM pg_depend d WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') LIMIT 1) AS owner
     FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE l.pid = $1 AND l.locktype = 'relation' AND l.mode = ANY ($2)
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (c.relkind IN ('r', 'p', 'm', 'f') OR c.relkind = 'v' AND l.mode = 'AccessExclusiveLock'
         OR c.relkind = 'S' AND array_position($2, l.mode) >= array_position($2, 'ShareLock'))
       AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname <> 'console_pill'
     ORDER BY 3, array_position($2, l.mode)`,
    [pid, modes],
  )
  const taken = rows.filter(({ oid, mode }) => mode !== 'ShareLock' || !ours.has(oid))
  const closed = new Set(taken.flatMap(({ oid, mode }) => (mode === 'AccessExclusiveLock' ? [oid] : [])))
  const told = taken.filter(({ owner }) => !closed.has(owner))
  const strongest = new Map(told.map(({ table, mode }) => [table, mode]))
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
