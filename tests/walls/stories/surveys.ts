/** How it was, said by a link in a mail. */
import * as support from '#contract/support'
import { openBrowserless } from '../../harness/browserless.ts'
import { asked, called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import { surveyToken } from '../../../modules/support/server/surveys/token.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const anybody = (server: TenancyServer, ip = '192.0.2.78') =>
  openBrowserless(server.app, 'app.localhost:3000', ip)

/** A practice's member said it in the app: by the link nothing is said about it. */
async function ratedInTheApp(server: TenancyServer) {
  const { holder } = await server.openPractice('Odile Perrin')
  const { id } = await asked(holder)
  await (await server.as('support')).call(support.resolveTicket, { params: { id } })
  await holder.call(support.rateOwnTicket, { params: { id }, body: { score: 5 } })
  return surveyToken(server.vault, { ticketId: id, expiresAt: inThirtyDays() })
}

const inThirtyDays = () => new Date(Date.now() + 30 * 24 * 3_600_000)

async function linked(server: TenancyServer, { resolved = true } = {}) {
  const karim = await server.as('support')
  const { id } = await called(karim)
  if (resolved) await karim.call(support.resolveTicket, { params: { id } })
  return surveyToken(server.vault, { ticketId: id, expiresAt: inThirtyDays() })
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: support.openSurvey,
    tell: async (server) => ({ as: anybody(server), input: { body: { token: await linked(server) } } }),
  },
  {
    endpoint: support.answerSurvey,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await linked(server), score: 4 } },
    }),
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: support.openSurvey,
    refusal: support.surveyGone,
    tell: async (server) => ({ as: anybody(server), input: { body: { token: 'never given' } } }),
  },
  {
    endpoint: support.openSurvey,
    refusal: support.ticketNotResolved,
    tell: async (server) => ({
      as: anybody(server, '192.0.2.79'),
      input: { body: { token: await linked(server, { resolved: false }) } },
    }),
  },
  {
    endpoint: support.openSurvey,
    refusal: support.surveyRatedElsewhere,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await ratedInTheApp(server) } },
    }),
  },
  {
    endpoint: support.answerSurvey,
    refusal: support.surveyRatedElsewhere,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await ratedInTheApp(server), score: 1 } },
    }),
  },
  {
    endpoint: support.answerSurvey,
    refusal: support.surveyGone,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: 'never given', score: 4 } },
    }),
  },
  {
    endpoint: support.answerSurvey,
    refusal: support.ticketNotResolved,
    tell: async (server) => ({
      as: anybody(server, '192.0.2.79'),
      input: { body: { token: await linked(server, { resolved: false }), score: 4 } },
    }),
  },
]
