/** The way back from an execution, simulated like anything else. */
import { nothingToUndo, simulateSqlUndo } from '#contract/sql-console'
import type { ClientBase } from 'pg'
import { found, handle, NotFound, refuse, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'
import { keepingOf, undoPlace } from '../runs/keeping.ts'
import { runById } from '../runs/queries.ts'
import { during, simulated, tenantOf, type Ended, type Running } from '../runs/running.ts'
import { runShown } from '../runs/shown.ts'
import type { Script } from '../simulating/simulating.ts'
import type { KeptRow } from './images.ts'
import { requestById } from './queries.ts'
import { mayBeUndone } from './shown.ts'
import { wayBackOf, type WayBack } from './undo-script.ts'

export const undoingHandlers = (parts: Parts, running: Running): CentralHandler[] => [
  handle(
    simulateSqlUndo,
    async (ctx, { params: { id }, body }) => {
      const request = found(await requestById(ctx.db, id))
      // Whoever approves sees them all, and who asked for it their own.
      if (request.staffId !== ctx.actor.staffId && !ctx.actor.permissions.has('sql.approve'))
        throw new NotFound()
      const { script, way, ways, target, digest, standsFor } = await undoScript(parts, id)
      const asked = {
        id: body.id,
        target,
        ticket: '',
        mode: 'undo',
        // The script itself holds whole rows, and is kept as long as they may be put back.
        text: standsFor,
        digest,
        undoes: id,
      } as const
      const told = { verb: 'sql.undo_tried_out', what: { request: id, text: standsFor } }
      await during(parts, running, ctx, { ...asked, parameters: [] }, told, async (signal) => {
        const ended = await simulated(parts, target, ways, script, signal)
        return { ...changedSince(ended, way), schemaVersion: ways.schemaVersion }
      })
      return { target }
    },
    async (ctx, { params: { id }, body }, { target }) => {
      const row = found(await runById(ctx.db, body.id))
      ctx.record({
        object: 'sql_request',
        id,
        tenant: tenantOf(target) ?? undefined,
        after: { run: row.id, status: row.status, code: row.code, effects: row.effects },
      })
      return runShown(parts, row)
    },
  ),
]

/** @throws nothingToUndo */
export async function undoScript(
  parts: Parts,
  requestId: string,
): Promise<{
  script: Script
  way: WayBack[]
  ways: Ways
  target: 'central' | string
  /** Of the script, by which it is known again. */
  digest: Buffer
  /** What it does, without the rows that are in it. */
  standsFor: string
}> {
  const request = found(await requestById(parts.db, requestId))
  if (!mayBeUndone(request, parts.clock.now())) throw refuse(nothingToUndo)
  const keeping = await keepingOf(parts, request.tenantId)
  const kept = keeping.open<KeptRow[]>(request.undoSealed, undoPlace(requestId)) ?? []
  const target = request.tenantId ?? 'central'
  const ways = await parts.doorsOf(target, 'console')
  const way = wayBackOf(kept, await parentsFirst(ways))
  if (way.length === 0) throw refuse(nothingToUndo)
  const digest = keeping.digest([requestId, ...way.map(({ statement }) => statement.text)])
  let at = 0
  const lines = way.map(({ statement, table, rows }) => `-- ${statement.command} ${table}: ${rows}`)
  const statements = way.map(({ statement }, index) => {
    const from = at
    at += (lines[index]?.length ?? 0) + 1
    return { ...statement, place: { from, to: at - 1 } }
  })
  return { script: { statements, parameters: [] }, way, ways, target, digest, standsFor: lines.join('\n') }
}

/** A statement of the way back that found fewer rows than it should: somebody changed them since, and nothing is overwritten. */
export function changedSince<E extends Ended>(ended: E, way: readonly WayBack[]): E {
  const statements = ended.report?.statements ?? []
  const short = way.flatMap(({ table, rows }, index) => {
    const found_ = statements[index]?.rowCount
    return found_ === undefined || found_ === null || found_ >= rows
      ? []
      : [{ index, table, missing: rows - found_ }]
  })
  const [first] = short
  if (!first || !ended.report) return ended
  return {
    ...ended,
    status: 'failed',
    report: {
      ...ended.report,
      failure: {
        statement: first.index,
        code: 'changed_since',
        message: short.map(({ table, missing }) => `${table}: ${missing}`).join(', '),
        detail: null,
        hint: null,
        at: null,
      },
    },
  }
}

/** Tables, those that others refer to before those that refer to them; where they refer to each other, as it comes. */
async function parentsFirst(ways: Ways): Promise<string[]> {
  const client = await ways.beside()
  try {
    return await inTurn(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function inTurn(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; parents: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       array(SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
         JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE k.conrelid = c.oid AND k.contype = 'f' AND p.oid <> c.oid) AS parents
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const parentsOf = new Map(rows.map(({ name, parents }) => [name, parents]))
  const order = new Set<string>()
  const visiting = new Set<string>()
  const visit = (name: string) => {
    if (order.has(name) || visiting.has(name)) return
    visiting.add(name)
    for (const parent of parentsOf.get(name) ?? []) visit(parent)
    order.add(name)
  }
  for (const { name } of rows) visit(name)
  return [...order]
}
