/** Sending a text through many practices, cancelling, and what came of it. */
import {
  cancelSqlFleet,
  fleetEmpty,
  fleetKnown,
  fleetNoSchema,
  fleetOneAtATime,
  fleetOver,
  fleetTextRefused,
  getSqlFleet,
  getSqlFleetPractice,
  listSqlFleetRows,
  listSqlFleets,
  onlyReading,
  readSqlFleet,
  simulateSqlFleet,
} from '#contract/sql-console'
import { z } from 'zod'
import { tenantsNamed, type NamedTenant } from '#server/tenancy'
import type { ParsedInput } from '#platform/contract/endpoint.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { problemsOf } from '../runs/handlers.ts'
import { keepingOf } from '../runs/keeping.ts'
import { whole, type InTheLog } from '../runs/logged.ts'
import { readApart } from '../statements/reading-apart.ts'
import { changesSchema, type Statement } from '../statements/reading.ts'
import { fleetDigest, keyOf, sealText } from './keeping.ts'
import { mergedRows } from './merged-rows.ts'
import { fleetReportPlace, type KeptPractice } from './one-practice.ts'
import {
  cancelFleet,
  fleetById,
  fleetsCounted,
  fleetsPage,
  insertFleet,
  practicesOf,
  sealedReports,
  underWayOf,
  type Db,
  type FleetRow,
} from './queries.ts'
import { fleetErrand } from './running.ts'
import { fleetShown, lineShown, practicesShown } from './shown.ts'

const countedUpTo = 10_000
/** So many are named in the log; of more it is how many. */
const namedUpTo = 100
const Place = z.tuple([z.iso.datetime(), z.uuid()])

type Body = ParsedInput<typeof readSqlFleet>['body']
export type FleetParts = Parts & { jobs: () => Pick<Jobs, 'send'> }

const { name } = fleetErrand({ run: async () => {} })

export function fleetHandlers(parts: FleetParts): CentralHandler[] {
  async function begin(ctx: Context, mode: 'read' | 'simulate', body: Body, told: InTheLog) {
    const { id, text, parameters, ticket } = body
    const { staffId } = ctx.actor
    const underWay = await underWayOf(ctx.db, staffId)
    if (underWay) throw refuse(fleetOneAtATime, { details: { id: underWay } })
    const practices = await chosen(ctx.db, body.practices)
    if (practices.length === 0) throw refuse(fleetEmpty)
    const tenantIds = practices.map((practice) => practice.id)
    const key = await keyOf(parts, practices.length === 1 ? (tenantIds[0] ?? null) : null)
    if (!key) throw refuse(fleetEmpty)
    const digest = fleetDigest(key, { text, parameters }, tenantIds)
    const inTheWay = await insertFleet(
      ctx.db,
      {
        id,
        staffId,
        mode,
        ticket,
        digest,
        textSealed: sealText(key, { text, parameters }, id),
        total: practices.length,
        askedAt: ctx.clock.now(),
      },
      tenantIds,
    )
    if (inTheWay) throw refuse('known' in inTheWay ? fleetKnown : fleetOneAtATime)
    await parts.jobs().send(ctx.db, { name }, id)
    ctx.record({
      object: 'sql_fleet',
      id,
      ticket: ticket || undefined,
      after: {
        mode,
        text: told.wordless,
        ...whole(text, digest),
        practices: practices.length,
        ...(practices.length <= namedUpTo && { tenants: tenantIds }),
      },
    })
    return lineShown(parts, found(await fleetById(ctx.db, id)))
  }

  return [
    handle(
      readSqlFleet,
      async (_ctx, { body }) => {
        const read = await runnable(body)
        if (read.statements.some(({ does }) => does !== 'reads')) throw refuse(onlyReading)
        return read
      },
      (ctx, { body }, read) => begin(ctx, 'read', body, read),
    ),

    handle(
      simulateSqlFleet,
      async (_ctx, { body }) => {
        const read = await runnable(body)
        if (changesSchema(read)) throw refuse(fleetNoSchema)
        return read
      },
      (ctx, { body }, read) => begin(ctx, 'simulate', body, read),
    ),

    handle(cancelSqlFleet, async (ctx, { params: { id } }) => {
      const row = await fleetById(ctx.db, id, { lock: true })
      if (row?.staffId !== ctx.actor.staffId) throw new NotFound()
      if (!(await cancelFleet(ctx.db, id, ctx.clock.now()))) throw refuse(fleetOver)
      ctx.record({ object: 'sql_fleet', id, after: { state: 'cancelled' } })
      return undefined
    }),

    handle(listSqlFleets, async (ctx, { query: { after, limit, execution } }) => {
      const { staffId, permissions } = ctx.actor
      const asked = { staffId, approves: permissions.has('sql.approve'), execution, now: ctx.clock.now() }
      const place = readCursor(z.object({ before: Place }), after)?.before
      const [rows, total] = await Promise.all([
        fleetsPage(ctx.db, asked, place, limit + 1),
        fleetsCounted(ctx.db, asked, countedUpTo),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: await Promise.all(rows.slice(0, limit).map((row) => lineShown(parts, row))),
        total: Math.min(total, countedUpTo),
        totalIsExact: total <= countedUpTo,
        next: last ? cursorOf({ before: [last.askedAt.toISOString(), last.id] }) : null,
      }
    }),

    handle(getSqlFleet, async (ctx, { params: { id } }) => fleetShown(parts, ctx.db, await seen(ctx, id))),

    handle(listSqlFleetRows, async (ctx, { params: { id }, query }) => {
      await seen(ctx, id)
      return mergedRows(parts, ctx.db, id, query)
    }),

    handle(getSqlFleetPractice, async (ctx, { params: { id, tenantId } }) => {
      await seen(ctx, id)
      const one = practicesShown(await practicesOf(ctx.db, id)).find((each) => each.tenantId === tenantId)
      const sealed = await sealedReports(ctx.db, id, [tenantId])
      const keeping = await keepingOf(parts, tenantId)
      const kept = keeping.open<KeptPractice>(sealed.get(tenantId) ?? null, fleetReportPlace(id, tenantId))
      return { ...found(one), problems: [], report: kept?.report ?? null }
    }),
  ]
}

/** One's own, and what is asked for where one approves. */
export async function seen({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string): Promise<FleetRow> {
  const row = found(await fleetById(db, id))
  if (row.staffId !== actor.staffId && !(row.execution !== null && actor.permissions.has('sql.approve')))
    throw new NotFound()
  return row
}

/** @throws fleetTextRefused */
async function runnable({
  text,
  parameters,
}: Pick<Body, 'text' | 'parameters'>): Promise<{ statements: Statement[] } & InTheLog> {
  const read = await readApart(text)
  const problems = problemsOf(read, parameters)
  if (problems.length || !('statements' in read)) throw refuse(fleetTextRefused, { details: { problems } })
  return read
}

const there: readonly NamedTenant['state'][] = ['active', 'suspended', 'moving']

/** By name. Who is only being made, or goes, is not among all. */
async function chosen(db: CentralDb & Db, { search, ids }: Body['practices']): Promise<NamedTenant[]> {
  if (ids) {
    const picked = new Set(ids)
    return (await tenantsNamed(db, undefined)).filter(({ id }) => picked.has(id))
  }
  return (await tenantsNamed(db, search || undefined)).filter(({ state }) => there.includes(state))
}
