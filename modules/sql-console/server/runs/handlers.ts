/** Reading, simulating, cancelling, and what ran. */
import {
  cancelSqlRun,
  checkSql,
  getSqlRun,
  listSqlRuns,
  onlyReading,
  readSql,
  schemaNotHere,
  schemaNotYours,
  simulateSql,
  simulateSqlSchema,
  type Mode,
  type Problem,
  type Report,
} from '#contract/sql-console'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  type Before,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { readApart, type ReadApart } from '../statements/reading-apart.ts'
import { changesSchema, type Read, type Statement } from '../statements/reading.ts'
import { showingMore } from '../unmasking/unmasked-report.ts'
import { mayStillSee, windowOn, type Window } from '../unmasking/window.ts'
import { logged, whole, type InTheLog } from './logged.ts'
import { onceMore } from './once-more.ts'
import { cancelRun, isAskedFor, runById, runsCounted, runsPage, type RunRow } from './queries.ts'
import { during, maskedReport, simulated, tenantOf, type Asked, type Running } from './running.ts'
import { lineShown, runShown } from './shown.ts'

/** Beyond, nobody counts. */
const countedUpTo = 10_000
/** Of rows that were asked for in numbers: a hundred thousand of ten columns, about. */
const bytesOfMany = 24_000_000
const Place = z.tuple([z.iso.datetime(), z.uuid()])

type Body = Omit<Asked, 'mode'>

/** What came of it beside what is kept. */
type Ran = {
  told: InTheLog
  /** Of a run in a window: what whoever ran it may see once. */
  bare?: { window: Window; report: Report }
}

export function runHandlers(parts: Parts, running: Running): CentralHandler[] {
  /** @param as the login: the schema is its owner's */
  async function run(
    ctx: Before,
    body: Body,
    { mode, verb, as, bounds }: { mode: Mode; verb: string; as: 'console' | 'owner'; bounds?: Bounds },
    found: ReadApart,
  ): Promise<Ran> {
    const asked = { ...body, mode }
    const window = await windowOn(parts, ctx.db, ctx.actor, body.target)
    const what = {
      ...logged(tenantOf(body.target), body, found),
      ...(window && { unmasking: window.id, unmasked: [...window.classes] }),
    }
    const ran: Ran = { told: found }
    await during(parts, running, ctx, asked, { verb, what }, async (signal) => {
      const problems = problemsOf(found, body.parameters)
      if (problems.length || !('statements' in found))
        return { status: 'refused', problems, report: null, schemaVersion: null }
      const script = { statements: found.statements, parameters: body.parameters }
      const [ways, ended] = await onceMore(async () => {
        const there = await parts.doorsOf(body.target, as)
        return [there, await simulated(parts, body.target, there, script, signal, bounds)] as const
      })
      if (window && ended.report && ended.simulation) {
        const report = await maskedReport(parts, body.target, ways, script, ended.simulation, window.classes)
        ran.bare = { window, report: showingMore(ended.report, report) }
      }
      return ended
    })
    return ran
  }

  async function answer(ctx: Context, body: Body, { told, bare }: Ran) {
    const { id, target, ticket } = body
    const [now, { staffId }] = [ctx.clock.now(), ctx.actor]
    const isShown =
      bare !== undefined && (await mayStillSee(ctx.db, bare.window, { staffId, runId: id, now }))
    const classes = isShown ? [...bare.window.classes] : []
    const row = found(await runById(ctx.db, id))
    const tenant = tenantOf(target) ?? undefined
    ctx.record({
      object: 'sql_run',
      id,
      tenant,
      ticket: ticket || undefined,
      after: {
        ...lineOf(row),
        ...logged(tenant ?? null, body, told),
        ...whole(body.text, row.digest),
        ...(isShown && { unmasking: bare.window.id, unmasked: classes }),
      },
    })
    const shown = await runShown(parts, row)
    return isShown ? { ...shown, report: bare.report, unmasked: classes } : shown
  }

  return [
    handle(
      readSql,
      async (ctx, { body }) => {
        const found = await readApart(body.text)
        const writing =
          'statements' in found &&
          found.statements.find((one) => one.does !== 'reads' && !one.refusals.length)
        if (writing) throw refuse(onlyReading, { details: writing.place })
        const bounds = showing(body.most)
        return run(ctx, body, { mode: 'read', verb: 'sql.read_out', as: 'console', bounds }, found)
      },
      (ctx, { body }, ran) => answer(ctx, body, ran),
    ),

    handle(
      simulateSql,
      async (ctx, { body }) => {
        const found = await readApart(body.text)
        if (changesSchema(found)) throw refuse(schemaNotYours)
        return run(ctx, body, { mode: 'simulate', verb: 'sql.simulated', as: 'console' }, found)
      },
      (ctx, { body }, ran) => answer(ctx, body, ran),
    ),

    handle(
      simulateSqlSchema,
      async (ctx, { body }) => {
        if (body.target === 'central') throw refuse(schemaNotHere)
        const found = await readApart(body.text)
        // Rows are changed as they will be when it is executed: by who may change nothing else.
        const as = changesSchema(found) ? 'owner' : 'console'
        return run(ctx, body, { mode: 'simulate', verb: 'sql_schema.simulated', as }, found)
      },
      (ctx, { body }, ran) => answer(ctx, body, ran),
    ),

    handle(cancelSqlRun, async (ctx, { params: { id } }) => {
      const row = await begun(ctx, id)
      if (row?.staffId !== ctx.actor.staffId) throw new NotFound()
      // At once where it runs here, and in a moment where it runs in another process.
      running.get(id)?.abort()
      await cancelRun(ctx.db, id, ctx.clock.now())
      ctx.record({ object: 'sql_run', id, tenant: row.tenantId ?? undefined })
      return undefined
    }),

    handle(checkSql, async (_ctx, { query: { text } }) => {
      const found = await readApart(text)
      const isEmpty = 'unreadable' in found && found.unreadable.reason === 'empty'
      return {
        problems: isEmpty ? [] : problemsOf(found),
        statements:
          'statements' in found
            ? found.statements.map(({ place, command, does, parameters }) => ({
                ...place,
                command,
                does,
                parameters,
              }))
            : [],
      }
    }),

    handle(listSqlRuns, async (ctx, { query: { after, limit, ...filter } }) => {
      const asked = { ...filter, staffId: ctx.actor.staffId }
      const place = readCursor(z.object({ before: Place }), after)?.before
      const [rows, total] = await Promise.all([
        runsPage(ctx.db, asked, place, limit + 1),
        runsCounted(ctx.db, asked, countedUpTo),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: await Promise.all(rows.slice(0, limit).map((row) => lineShown(parts, row))),
        total: Math.min(total, countedUpTo),
        totalIsExact: total <= countedUpTo,
        next: last ? cursorOf({ before: [last.startedAt.toISOString(), last.id] }) : null,
      }
    }),

    handle(getSqlRun, async (ctx, { params: { id } }) => {
      const row = found(await runById(ctx.db, id))
      const isOwn = row.staffId === ctx.actor.staffId
      if (!isOwn && !(ctx.actor.permissions.has('sql.approve') && (await isAskedFor(ctx.db, id))))
        throw new NotFound()
      return runShown(parts, row)
    }),
  ]
}

/** More rows are shown to whoever asks for them; what comes beyond a bound is counted. */
const showing = (most: number): Bounds => ({
  ...usual,
  rows: most,
  bytes: most > usual.rows ? bytesOfMany : usual.bytes,
})

/** @param parameters that came along with the text; undefined: nobody asks yet */
export function problemsOf(found: Read, parameters?: readonly unknown[]): Problem[] {
  if ('unreadable' in found) {
    const { reason, message, place } = found.unreadable
    return [{ reason, name: '', message, ...place }]
  }
  const refused = found.statements.flatMap(({ refusals }) =>
    refusals.map(({ reason, name, place }) => ({ reason, name, message: '', ...place })),
  )
  return refused.length > 0 || !parameters ? refused : misgiven(found.statements, parameters)
}

/** PostgreSQL would say how many there are, and not which one is missing; of those that nothing asks for, nothing at all. */
function misgiven(statements: readonly Statement[], values: readonly unknown[]): Problem[] {
  const given = values.length
  const missing = new Map(
    statements
      .flatMap(({ parametersAt = [] }) => parametersAt)
      .toReversed()
      .flatMap((one) => (Number(one.name.slice(1)) > given ? [[one.name, one] as const] : [])),
  )
  const problems = [...missing.values()]
    .map(({ name, place }) => ({ reason: 'parameter_missing', name, message: '', ...place }))
    .concat(
      statements
        .flatMap(({ short = [] }) => short)
        .filter(({ name, longest }) => String(values[Number(name.slice(1)) - 1] ?? '').length > longest)
        .map(({ name, place }) => ({ reason: 'uninterruptible', name, message: '', ...place })),
    )
    .toSorted((a, b) => a.from - b.from)
  const asked = Math.max(0, ...statements.map(({ parameters }) => parameters))
  const [first] = statements
  return given > asked && first
    ? [{ reason: 'parameter_unused', name: `$${asked + 1}`, message: '', ...first.place }]
    : problems
}

/** Whoever calls off at once what they began may be heard before it is written down. */
async function begun({ db }: Pick<Context, 'db'>, id: string): Promise<RunRow | undefined> {
  for (let turn = 1; ; turn++) {
    const row = await runById(db, id)
    if (row || turn === 5) return row
    await pause(100)
  }
}

/** What the log keeps of a run besides its text. */
const lineOf = ({ mode, status, code, effects, rowCount, receipt }: RunRow) => ({
  mode,
  status,
  code,
  rowCount,
  effects,
  receipt: receipt?.toString('hex') ?? null,
})
