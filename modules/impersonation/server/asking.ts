import {
  askImpersonation,
  getImpersonationTarget,
  lapsesAfterHours,
  noGlass,
  nobodyThere,
  notNow,
  stricter,
  withdrawImpersonation,
  writingNotYours,
  type Policy,
} from '#contract/impersonation'
import { tieImpersonation } from '#server/support'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  WrongField,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import { end } from './ending.ts'
import type { Parts } from './parts.ts'
import {
  deploymentPolicy,
  impersonationById,
  impersonationRows,
  insertImpersonation,
  lockImpersonation,
  policyOfPractice,
  type Db,
} from './queries.ts'
import { shown, stateNow } from './state.ts'
import { newsOf, tellTeam, writeToPractice } from './telling.ts'

/** What holds for a practice: the stricter of what the vendor and it itself chose. */
export async function policyFor(db: Db, tenantId: string): Promise<Policy> {
  const { policy } = await deploymentPolicy(db)
  return stricter(policy, await policyOfPractice(db, tenantId))
}

export function asking(parts: Parts): CentralHandler[] {
  /** @throws nobodyThere: who left, or whose practice is suspended, is nobody */
  async function target(memberId: string) {
    const member = await parts.members.asking(memberId)
    if (!member) throw refuse(nobodyThere)
    return member
  }

  return [
    handle(getImpersonationTarget, async (ctx, { params: { memberId } }) => {
      const { tenantId, name, profile } = await target(memberId)
      const now = ctx.clock.now()
      const { staffId, permissions } = ctx.actor
      const open = await impersonationRows(ctx.db, { member: memberId }, 50, now)
      const own = open.find(
        (one) => one.staffId === staffId && ['waiting', 'ready'].includes(stateNow(one, now)),
      )
      return {
        memberId,
        name,
        profile,
        practice: open[0]?.tenantName ?? (await nameOf(ctx.db, tenantId)),
        tenantId,
        policy: await policyFor(ctx.db, tenantId),
        mayWrite: permissions.has('impersonation.write'),
        others: open
          .filter((one) => one.staffId !== staffId && stateNow(one, now) === 'running')
          .map((one) => one.actorName),
        own: own ? shown(own, now) : null,
      }
    }),

    handle(askImpersonation, async (ctx, { body: { ticketId, ...body } }) => {
      if (body.mayWrite && !ctx.actor.permissions.has('impersonation.write')) throw refuse(writingNotYours)
      const { tenantId } = await target(body.memberId)
      const policy = await policyFor(ctx.db, tenantId)
      if (body.breakGlass && policy !== 'consent') throw refuse(noGlass)
      const now = ctx.clock.now()
      const id = uuidv7(now.getTime())
      const reference = ticketId ? await referenceOf(ctx, { ticketId, tenantId, id }, body) : body.reference
      await insertImpersonation(ctx.db, {
        id,
        ...body,
        reference,
        // Whoever breaks the glass asks nobody for their notes.
        wantsNotes: body.wantsNotes && !body.breakGlass,
        staffId: ctx.actor.staffId,
        staffSessionId: ctx.actor.sessionId,
        tenantId,
        policy,
        askedAt: now,
        lapsesAt: new Date(now.getTime() + lapsesAfterHours * 3_600_000),
      })
      const one = shown(found(await impersonationById(ctx.db, id, now)), now)
      if (body.breakGlass) await tellTeam(parts, ctx.db, one)
      else if (policy === 'consent' || one.wantsNotes) await writeToPractice(parts, ctx.db, 'asked', one)
      for (const whisper of newsOf({ id, tenantId })) await ctx.tell(whisper)
      const { memberId, purpose, mayWrite, minutes, wantsNotes, breakGlass } = body
      ctx.record({
        object: 'impersonation',
        id,
        tenant: tenantId,
        reason: body.reason,
        ticket: reference || undefined,
        after: {
          member: memberId,
          purpose,
          mayWrite,
          minutes,
          wantsNotes,
          breakGlass,
          policy,
          ...(ticketId && { ticketId }),
        },
      })
      return one
    }),

    handle(withdrawImpersonation, async (ctx, { params: { id } }) => {
      await lockImpersonation(ctx.db, id)
      const now = ctx.clock.now()
      const row = found(await impersonationById(ctx.db, id, now))
      if (row.staffId !== ctx.actor.staffId) throw new NotFound()
      const state = stateNow(row, now)
      if (state !== 'waiting' && state !== 'ready') throw refuse(notNow, { details: { state } })
      const one = found(await end(parts, ctx.db, id, { by: 'withdrawn' }))
      ctx.record({ object: 'impersonation', id, tenant: row.tenantId })
      return one
    }),
  ]
}

/** Ties both together. @returns what was said, or the ticket's number. @throws WrongField */
async function referenceOf(
  { db, clock, actor }: Context,
  { ticketId, tenantId, id }: { ticketId: string; tenantId: string; id: string },
  { reference }: { reference: string },
): Promise<string> {
  const by = { staffId: actor.staffId, label: actor.name }
  const number = actor.permissions.has('tickets.read')
    ? await tieImpersonation(db, { clock }, { ticketId, impersonationId: id, tenantId, by })
    : undefined
  if (!number) throw new WrongField('body', 'ticketId', 'impersonation_ticket_elsewhere')
  return reference || number
}

async function nameOf(db: Db, tenantId: string): Promise<string> {
  const row = await db.selectFrom('tenants').where('id', '=', tenantId).select('name').executeTakeFirst()
  return found(row).name
}
