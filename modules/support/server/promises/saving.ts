/** A new version of what is promised. What held until then is left as it was: tickets were judged by it. */
import { saveSlaCalendar, saveSlaPolicy, versionTooEarly } from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import {
  calendarVersions,
  hasCalendar,
  insertCalendarVersion,
  insertPolicyVersion,
  nameCalendar,
  namePolicy,
  planKeys,
  policyRows,
} from './queries.ts'
import { checkEscalations } from './checking-escalations.ts'
import { recomputeKind } from './recomputing.ts'
import { calendarsNow, policiesNow } from './standing.ts'

export const savingPromises = ({ jobs }: Pick<Parts, 'jobs'>): Handler[] => [
  handle(saveSlaCalendar, async (ctx, { body }) => {
    const { id, name, territory, calendar, inForceFrom: wished } = body
    const calendarId = found(await nameCalendar(ctx.db, id, name))
    const inForceFrom = beginning(
      ctx,
      wished,
      (await calendarVersions(ctx.db)).filter((version) => version.calendarId === calendarId),
    )
    const createdAt = ctx.clock.now()
    await insertCalendarVersion(ctx.db, {
      id: uuidv7(createdAt.getTime()),
      calendarId,
      inForceFrom,
      content: calendar,
      territory,
      createdBy: ctx.actor.staffId,
      createdAt,
    })
    await workOutAnew(ctx, inForceFrom, jobs)
    const after = { name, territory, calendar, inForceFrom: inForceFrom.toISOString() }
    ctx.record({ object: 'sla_calendar', id: calendarId, after })
    return found((await calendarsNow(ctx.db, createdAt)).find((one) => one.id === calendarId))
  }),

  handle(saveSlaPolicy, async (ctx, { body }) => {
    const { id, name, inForceFrom: wished, ...says } = body
    if (!(await hasCalendar(ctx.db, says.calendarId)))
      throw new WrongField('body', 'calendarId', 'sla_calendar_unknown')
    const known = await planKeys(ctx.db)
    if (says.plans.some((plan) => !known.includes(plan)))
      throw new WrongField('body', 'plans', 'sla_plan_unknown')
    await checkEscalations(ctx.db, says.escalations)
    const policyId = found(await namePolicy(ctx.db, id, name))
    const inForceFrom = beginning(
      ctx,
      wished,
      (await policyRows(ctx.db)).filter((version) => version.policyId === policyId),
    )
    const createdAt = ctx.clock.now()
    await insertPolicyVersion(ctx.db, {
      id: uuidv7(createdAt.getTime()),
      policyId,
      inForceFrom,
      ...says,
      createdBy: ctx.actor.staffId,
      createdAt,
    })
    await workOutAnew(ctx, inForceFrom, jobs)
    const after = { name, ...says, inForceFrom: inForceFrom.toISOString() }
    ctx.record({ object: 'sla_policy', id: policyId, after })
    return found((await policiesNow(ctx.db, createdAt)).find((one) => one.id === policyId))
  }),
]

/** Neither before now, nor before a version that is written down already. @throws Refused */
function beginning(
  { clock }: Pick<Context, 'clock'>,
  wished: string | null,
  versions: readonly { inForceFrom: Date }[],
): Date {
  const now = clock.now()
  const begins = wished === null ? now : new Date(wished)
  if (begins < now || versions.some(({ inForceFrom }) => inForceFrom >= begins)) throw refuse(versionTooEarly)
  return begins
}

/** One that begins later is taken up when it begins (minding.ts). */
async function workOutAnew(ctx: Context, inForceFrom: Date, jobs: Parts['jobs']): Promise<void> {
  if (inForceFrom > ctx.clock.now()) return
  await jobs().start(ctx.db, { kind: recomputeKind, staffId: ctx.actor.staffId, input: {} })
}
