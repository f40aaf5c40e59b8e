/**
 * Whether there is a way back is not reasoned about but tried, before anything is committed: rights, triggers, cascades and constraints
 * have their say, and only a way that leaves every row as it was, and changes none but those it names, is one.
 */
import pg from 'pg'
import { usual } from '../simulating/bounds.ts'
import { lookingAt } from '../simulating/looking.ts'
import { speakUp } from '../simulating/pill.ts'
import { catalogue } from '../simulating/touched.ts'
import type { Between, Kept, KeptRow } from './images.ts'
import { kindOf, otherThanMeant, wayBackOf, type Kind } from './undo-script.ts'

/** The first follows references. The others are for rows of which two may not be there at the same time. */
const turns: Kind[][] = [
  ['bring', 'put', 'take'],
  ['take', 'put', 'bring'],
  ['take', 'bring', 'put'],
  ['put', 'take', 'bring'],
  ['put', 'bring', 'take'],
  ['bring', 'take', 'put'],
]

/** @returns the rows in the order in which they go back; everything is as before the attempts */
export async function triedBack(
  between: Between,
  rows: readonly KeptRow[],
  stillChanged: () => Promise<Kept>,
): Promise<Kept> {
  const { inside } = between
  const order = await parentsFirst(inside)
  for (const turn of turns) {
    const inTurn = ordered(rows, order, turn)
    await inside.query('SAVEPOINT tried_back')
    let isForbidden = false
    const isWay = await goesBack(between, inTurn, stillChanged).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError)) throw error
      isForbidden = error.code === '42501'
      return false
    })
    await inside.query('ROLLBACK TO SAVEPOINT tried_back; RELEASE SAVEPOINT tried_back')
    if (isWay) return { rows: inTurn }
    // What may not be done may not be done in another order.
    if (isForbidden) break
  }
  return { none: 'no_way_back' }
}

async function goesBack(
  { inside, beside, numbers }: Between,
  rows: readonly KeptRow[],
  stillChanged: () => Promise<Kept>,
): Promise<boolean> {
  const first = await catalogue(beside)
  const looking = lookingAt({ inside, beside, numbers, first, bounds: { ...usual, changes: 0 } })
  // What was done before is no effect of it.
  await looking.after(null)
  await waitAgain(inside)
  const way = wayBackOf(rows)
  const done = []
  for (const { statement } of way) {
    const { rowCount } = await inside.query(statement.text)
    done.push({ rowCount, effects: (await looking.after(statement)).effects })
  }
  await speakUp(inside)
  const { effects } = await looking.after(null)
  if (otherThanMeant(way, done, effects).length) return false
  const left = await stillChanged()
  return 'rows' in left && left.rows.length === 0
}

/** Constraints that wait for the end do so in a way back, too. */
async function waitAgain(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT format('%I.%I', n.nspname, c.conname) AS name
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.condeferred AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND has_schema_privilege(n.oid, 'USAGE') AND c.conname <> 'console_pill_refuses'`,
  )
  if (rows.length) await client.query(`SET CONSTRAINTS ${rows.map(({ name }) => name).join(', ')} DEFERRED`)
}

/** What comes back comes parents first, and what goes goes children first. */
function ordered(
  rows: readonly KeptRow[],
  order: ReadonlyMap<string, number>,
  turn: readonly Kind[],
): KeptRow[] {
  const placed = rows.map((row) => {
    const [kind, place] = [kindOf(row), order.get(row.table) ?? 0]
    return { row, turn: turn.indexOf(kind), place: kind === 'take' ? -place : place }
  })
  return placed.toSorted((a, b) => a.turn - b.turn || a.place - b.place).map(({ row }) => row)
}

/** Tables by their place: those that others refer to before those that refer to them; where they refer to each other, as it comes. */
async function parentsFirst(client: pg.ClientBase): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; parents: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       array(SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
         JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE k.conrelid = c.oid AND k.contype = 'f' AND p.oid <> c.oid) AS parents
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const parentsOf = new Map(rows.map(({ name, parents }) => [name, parents]))
  const order = new Map<string, number>()
  const visiting = new Set<string>()
  const visit = (name: string) => {
    if (order.has(name) || visiting.has(name)) return
    visiting.add(name)
    for (const parent of parentsOf.get(name) ?? []) visit(parent)
    order.set(name, order.size)
  }
  for (const { name } of rows) visit(name)
  return order
}
