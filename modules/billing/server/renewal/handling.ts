import {
  listRenewals,
  previewRenewal,
  releaseHeld,
  renewalAhead,
  renewalJobKind,
  runRenewal,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { within } from '../within.ts'
import { heldDrafts, latestRuns, previewed, setHeld } from './queries.ts'
import type { RenewalOrderOnFile } from './running.ts'
import { vatRuleOn } from './vat-rule.ts'

export const renewalHandlers = (parts: Pick<Parts, 'jobs'>): readonly Handler[] => [
  handle(previewRenewal, async (ctx, { query }) => {
    const today = dayOf(ctx.clock.now())
    const until = query.until ?? Temporal.PlainDate.from(today).add({ days: 1 }).toString()
    const company = await mainCompany(ctx.db)
    return { until, ...(await previewed(ctx.db, until, await vatRuleOn(ctx.db, company.id, today))) }
  }),

  handle(listRenewals, async (ctx) => {
    const [runs, drafts] = await Promise.all([latestRuns(ctx.db), heldDrafts(ctx.db)])
    return { runs, ...drafts }
  }),

  handle(runRenewal, async (ctx, { body }) => {
    if (body.until > dayOf(ctx.clock.now())) throw refuse(renewalAhead)
    const input: RenewalOrderOnFile = { ...body, label: ctx.actor.name }
    const jobId = await parts
      .jobs()
      .start(ctx.db, { kind: renewalJobKind, staffId: ctx.actor.staffId, input })
    ctx.record({ object: 'renewal', id: jobId, after: body })
    return { jobId }
  }),

  handle(releaseHeld, async (ctx, { body: { invoiceIds } }) => {
    const released = await setHeld(ctx.db, invoiceIds, false, within(ctx.actor, 'invoices.read'))
    const input: RenewalOrderOnFile = {
      until: dayOf(ctx.clock.now()),
      hold: false,
      label: ctx.actor.name,
      releaseOnly: true,
    }
    const jobId = await parts
      .jobs()
      .start(ctx.db, { kind: renewalJobKind, staffId: ctx.actor.staffId, input })
    ctx.record({ object: 'renewal', id: jobId, count: released, after: { ids: invoiceIds } })
    return { jobId, released }
  }),
]
