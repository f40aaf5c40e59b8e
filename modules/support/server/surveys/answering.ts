/** The two doors of a survey. Whoever holds the link is who it was mailed to, as far as anybody can tell. */
import { answerSurvey, openSurvey, surveyGone, ticketNotResolved, type Survey } from '#contract/support'
import { handle, NotFound, refuse, TooMany, type Context, type Handler } from '#platform/server/requests.ts'
import { networkOf, openRates } from '#platform/server/rates.ts'
import { saveRating } from '../customers/queries.ts'
import type { Parts } from '../parts.ts'
import { lockTicket, type Held } from '../tickets/lock.ts'
import { tellPractice } from '../tickets/telling.ts'
import { ratingOf } from './queries.ts'
import { readSurveyToken } from './token.ts'

/** More than an office behind one address needs, and too few to guess by. */
const perNetwork = { most: 60, seconds: 600 }

export function answering({ vault, pool, log }: Parts): readonly Handler[] {
  const rates = openRates(pool, log, { survey: perNetwork })
  const spend = async (ctx: { request: { ip: string } }) => {
    const wait = await rates.spend('survey', networkOf(ctx.request.ip))
    if (wait > 0) throw new TooMany(wait)
  }

  async function heldBy(ctx: Context, token: string): Promise<{ ticket: Held; expiresAt: Date }> {
    const link = readSurveyToken(vault, token, ctx.clock.now())
    if (!link) throw refuse(surveyGone)
    const ticket = await lockTicket(ctx.db, link.ticketId).catch((error: unknown) => {
      throw error instanceof NotFound ? refuse(surveyGone) : error
    })
    if (ticket.trashedAt !== null || ticket.mergedIntoId !== null) throw refuse(surveyGone)
    return { ticket, expiresAt: link.expiresAt }
  }

  return [
    handle(openSurvey, spend, async (ctx, { body: { token } }) => {
      const { ticket, expiresAt } = await heldBy(ctx, token)
      const survey = shown(ticket, expiresAt, await ratingOf(ctx.db, ticket.id))
      ctx.record({ object: 'ticket', id: ticket.id, ticket: `#${ticket.number}`, actor })
      return survey
    }),

    handle(answerSurvey, spend, async (ctx, { body: { token, score, comment } }) => {
      const { ticket, expiresAt } = await heldBy(ctx, token)
      const before = await ratingOf(ctx.db, ticket.id)
      const survey = shown(ticket, expiresAt, { score, comment })
      await saveRating(ctx.db, {
        ticketId: ticket.id,
        score,
        comment,
        by: { email: ticket.requesterEmail },
        ratedAt: ctx.clock.now(),
      })
      await tellPractice(ctx.db, ticket)
      // What they wrote stays with the ticket.
      ctx.record({
        object: 'ticket',
        id: ticket.id,
        ticket: `#${ticket.number}`,
        tenant: ticket.tenantId ?? undefined,
        before: { score: before?.score ?? null },
        after: { score },
        actor,
      })
      return survey
    }),
  ]
}

const actor = { staffId: null, label: 'survey_link' }

/** @throws Refused where it was opened again: then they write, and are asked once it is resolved */
function shown(
  { number, status, resolvedAt }: Held,
  expiresAt: Date,
  rating: { score: number; comment: string } | undefined,
): Survey {
  if (status !== 'resolved' || resolvedAt === null) throw refuse(ticketNotResolved)
  return {
    number,
    resolvedAt: resolvedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    rating: rating ?? null,
  }
}
