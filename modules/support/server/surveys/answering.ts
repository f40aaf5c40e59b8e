/** The two doors of a survey. Whoever holds the link is who it was mailed to, as far as anybody can tell. */
import {
  answerSurvey,
  openSurvey,
  surveyGone,
  surveyRatedElsewhere,
  ticketNotResolved,
  type Survey,
} from '#contract/support'
import { handle, NotFound, refuse, TooMany, type Context, type Handler } from '#platform/server/requests.ts'
import { networkOf, openRates } from '#platform/server/rates.ts'
import { saveRating } from '../customers/queries.ts'
import { isOfOneCustomer } from '../moves/same-customer.ts'
import type { Parts } from '../parts.ts'
import { lockWhereItLives, type Held } from '../tickets/lock.ts'
import { tellPractice } from '../tickets/telling.ts'
import { ratingOf, surveyedTicket } from './queries.ts'
import { readSurveyToken } from './token.ts'

/** More than an office behind one address needs, and too few to guess by. */
const perNetwork = { most: 60, seconds: 600 }

export function answering({ vault, pool, log }: Parts): readonly Handler[] {
  const rates = openRates(pool, log, { survey: perNetwork })
  const spend = async (ctx: { request: { ip: string } }) => {
    const wait = await rates.spend('survey', networkOf(ctx.request.ip))
    if (wait > 0) throw new TooMany(wait)
  }

  /** One that was put into another leads to that one, as long as it is of the same customer. */
  async function heldBy(ctx: Context, token: string): Promise<Asked> {
    const link = readSurveyToken(vault, token, ctx.clock.now())
    if (!link) throw refuse(surveyGone)
    const ticket = await lockWhereItLives(ctx.db, link.ticketId).catch((error: unknown) => {
      throw error instanceof NotFound ? refuse(surveyGone) : error
    })
    const asked = await surveyedTicket(ctx.db, link.ticketId)
    if (!asked || ticket.trashedAt !== null || !isOfOneCustomer(asked, ticket)) throw refuse(surveyGone)
    const rating = await ratingOf(ctx.db, ticket.id)
    if (rating && rating.byEmail !== asked.requesterEmail) throw refuse(surveyRatedElsewhere)
    return { ticket, email: asked.requesterEmail, rating, expiresAt: link.expiresAt }
  }

  return [
    handle(openSurvey, spend, async (ctx, { body: { token } }) => {
      const asked = await heldBy(ctx, token)
      const { ticket, rating } = asked
      const survey = shown(asked, rating?.score ?? null)
      ctx.record({ object: 'ticket', id: ticket.id, ticket: `#${ticket.number}`, actor })
      return survey
    }),

    handle(answerSurvey, spend, async (ctx, { body: { token, score, comment } }) => {
      const asked = await heldBy(ctx, token)
      const { ticket, email, rating: before } = asked
      const survey = shown(asked, score)
      await saveRating(ctx.db, {
        ticketId: ticket.id,
        score,
        comment,
        by: { email },
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

type Asked = {
  ticket: Held
  /** To which the link was mailed. */
  email: string
  rating: { score: number } | undefined
  expiresAt: Date
}

const actor = { staffId: null, label: 'survey_link' }

/** @throws Refused where it was opened again: then they write, and are asked once it is resolved */
function shown({ ticket: { number, status, resolvedAt }, expiresAt }: Asked, score: number | null): Survey {
  if (status !== 'resolved' || resolvedAt === null) throw refuse(ticketNotResolved)
  return {
    number,
    resolvedAt: resolvedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    rating: score === null ? null : { score },
  }
}
