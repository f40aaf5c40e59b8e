/** The way back from an execution, simulated like anything else. */
import { nothingToUndo, simulateSqlUndo, type TargetId } from '#contract/sql-console'
import { found, handle, NotFound, refuse, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'
import { keepingOf, undoPlace } from '../runs/keeping.ts'
import { onceMore } from '../runs/once-more.ts'
import { runById } from '../runs/queries.ts'
import { failedWith } from '../runs/reporting.ts'
import { during, simulated, tenantOf, type Ended, type Running } from '../runs/running.ts'
import { runShown } from '../runs/shown.ts'
import type { Script } from '../simulating/simulating.ts'
import { changedSinceIn } from './changed-since.ts'
import type { KeptRow } from './images.ts'
import { requestById } from './queries.ts'
import { mayBeUndone } from './shown.ts'
import { otherThanMeant, wayBackOf, type WayBack } from './undo-script.ts'

export const undoingHandlers = (parts: Parts, running: Running): CentralHandler[] => [
  handle(
    simulateSqlUndo,
    async (ctx, { params: { id }, body }) => {
      const request = found(await requestById(ctx.db, id))
      // Whoever approves sees them all, and who asked for it their own.
      if (request.staffId !== ctx.actor.staffId && !ctx.actor.permissions.has('sql.approve'))
        throw new NotFound()
      const { script, way, kept, ways, target, digest, standsFor } = await undoScript(parts, id)
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
        const ended = changedSince(await onceMore(() => simulated(parts, target, ways, script, signal)), way)
        const told = await withRowsSince(parts, { target, ways, kept, way }, ended)
        return { ...told, schemaVersion: ways.schemaVersion }
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
  /** The rows themselves, as they were and as they were left. */
  kept: KeptRow[]
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
  const way = wayBackOf(kept)
  if (way.length === 0) throw refuse(nothingToUndo)
  const digest = keeping.digest([requestId, ...way.map(({ statement }) => statement.text)])
  let at = 0
  const lines = way.map(({ statement, table, rows }) => `-- ${statement.command} ${table}: ${rows}`)
  const statements = way.map(({ statement }, index) => {
    const from = at
    at += (lines[index]?.length ?? 0) + 1
    return { ...statement, place: { from, to: at - 1 } }
  })
  return {
    script: { statements, parameters: [], isOurs: true },
    way,
    kept,
    ways,
    target,
    digest,
    standsFor: lines.join('\n'),
  }
}

/** It finds rows otherwise than the execution left them, or would change others that came since: nothing is overwritten. */
export function changedSince<E extends Ended>(ended: E, way: readonly WayBack[]): E {
  if (!ended.report) return ended
  const { statements, atCommit } = ended.report
  const others = otherThanMeant(way, statements, atCommit.effects)
  const [first] = others
  if (!first) return ended
  return {
    ...ended,
    status: 'failed',
    report: failedWith(ended.report, {
      statement: first.statement,
      code: 'changed_since',
      message: others.map(({ table, rows }) => `${table}: ${rows}`).join(', '),
      detail: null,
      hint: null,
      at: null,
    }),
  }
}

/** Names the rows: the report itself is masked whole wherever something classed stands in them. */
async function withRowsSince<E extends Ended>(
  parts: Parts,
  on: { target: TargetId; ways: Ways; kept: readonly KeptRow[]; way: readonly WayBack[] },
  ended: E,
): Promise<E> {
  const { report } = ended
  if (!report?.failure || ended.status !== 'failed') return ended
  try {
    const kind = on.target === 'central' ? 'central' : 'tenant'
    const { rows, more } = await changedSinceIn(parts, on.ways, kind, on.kept)
    const known = Map.groupBy(rows, ({ table }) => table)
    const differing = Map.groupBy(
      otherThanMeant(on.way, report.statements, report.atCommit.effects),
      ({ table }) => table,
    )
    const others = [...differing].flatMap(([table, all]) => {
      const left = all.reduce((sum, one) => sum + one.rows, 0) - (known.get(table)?.length ?? 0)
      return more === 0 && left > 0 ? [{ table, rows: left }] : []
    })
    if (rows.length + others.length === 0) return ended
    return { ...ended, report: { ...report, since: { rows, more, others } } }
  } catch (error) {
    // It is refused in any case.
    parts.log.warn({ err: error }, 'which rows were changed since could not be asked')
    return ended
  }
}
