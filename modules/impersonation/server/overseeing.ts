import {
  chooseImpersonationPolicy,
  endOwnImpersonation,
  getImpersonation,
  getImpersonationFigures,
  getImpersonationPolicy,
  listImpersonations,
  notNow,
  policyChanged,
  revokeImpersonation,
} from '#contract/impersonation'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { z } from 'zod'
import { end } from './ending.ts'
import { figures } from './figures.ts'
import { linesOf } from './lines.ts'
import type { Parts } from './parts.ts'
import {
  deploymentPolicy,
  impersonationById,
  impersonationRows,
  impersonationsMatching,
  lockImpersonation,
  runningOfSession,
  setDeploymentPolicy,
} from './queries.ts'
import { shown, stateNow } from './state.ts'

/** Beyond, nobody counts. */
const countedUpTo = 10_000

const Place = z.tuple([z.iso.datetime(), z.uuid()])

/** What the team sees of it all, and how it ends what it wants to end. */
export function overseeing(parts: Parts): CentralHandler[] {
  return [
    handle(listImpersonations, async (ctx, { query: { after, limit, ...filter } }) => {
      const now = ctx.clock.now()
      const place = readCursor(z.object({ before: Place }), after)?.before
      const rows = await impersonationRows(ctx.db, { ...filter, after: place }, limit + 1, now)
      const [page, last] = [rows.slice(0, limit), rows[limit - 1]]
      const total = await impersonationsMatching(ctx.db, filter, now)
      return {
        rows: page.map((row) => shown(row, now)),
        total: Math.min(total, countedUpTo),
        totalIsExact: total <= countedUpTo,
        next:
          rows.length > limit && last ? cursorOf({ before: [last.askedAt.toISOString(), last.id] }) : null,
      }
    }),

    handle(getImpersonation, async (ctx, { params: { id } }) => {
      const now = ctx.clock.now()
      const row = found(await impersonationById(ctx.db, id, now))
      return { ...shown(row, now), lines: await linesOf(parts.audit, ctx.db, id) }
    }),

    handle(getImpersonationFigures, (ctx, { query: { days } }) => figures(ctx.db, ctx.clock.now(), days)),

    handle(revokeImpersonation, async (ctx, { params: { id } }) => {
      await lockImpersonation(ctx.db, id)
      const now = ctx.clock.now()
      const row = found(await impersonationById(ctx.db, id, now))
      const state = stateNow(row, now)
      const one = ['waiting', 'ready', 'running'].includes(state)
        ? await end(parts, ctx.db, id, { by: 'vendor', staff: ctx.actor.staffId })
        : undefined
      if (!one) throw refuse(notNow, { details: { state } })
      ctx.record({ object: 'impersonation', id, tenant: row.tenantId, before: { state } })
      return one
    }),

    handle(endOwnImpersonation, async (ctx) => {
      const id = await runningOfSession(ctx.db, ctx.actor.sessionId)
      const one = id ? await end(parts, ctx.db, id, { by: 'actor' }) : undefined
      if (!one) throw refuse(notNow)
      ctx.record({ object: 'impersonation', id: one.id, tenant: one.tenant.id })
      return undefined
    }),

    handle(getImpersonationPolicy, async (ctx) => policyShown(await deploymentPolicy(ctx.db))),

    handle(chooseImpersonationPolicy, async (ctx, { body: { policy, revision } }) => {
      const before = await deploymentPolicy(ctx.db)
      if (!(await setDeploymentPolicy(ctx.db, { policy, revision, now: ctx.clock.now() })))
        throw refuse(policyChanged, { details: { current: policyShown(before) } })
      ctx.record({
        object: 'impersonation_policy',
        before: { policy: before.policy },
        after: { policy },
      })
      return policyShown(await deploymentPolicy(ctx.db))
    }),
  ]
}

const policyShown = ({ updatedAt, ...policy }: Awaited<ReturnType<typeof deploymentPolicy>>) => ({
  ...policy,
  updatedAt: updatedAt.toISOString(),
})
