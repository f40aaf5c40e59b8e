/** How it was, said by whoever has no account: by a link in a mail, which holds for thirty days. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { ticketNotResolved } from './handling.ts'

/** Too old, cut off, never given, or its ticket is gone: the same answer. */
export const surveyGone = refusal('ticket_survey_gone', 410)
/** A member said it in the app, where it is said otherwise: a link that is passed on neither shows nor overwrites it. */
export const surveyRatedElsewhere = refusal('ticket_survey_rated_elsewhere')

/** What one is asked about: no word of what was said, nor of what was said by the link, since links are passed on. */
export const Survey = z.object({
  number: z.int(),
  resolvedAt: Instant,
  /** Until then it can be said, and said otherwise. */
  expiresAt: Instant,
  rating: z.object({ score: z.int().min(1).max(5) }).nullable(),
})
export type Survey = z.infer<typeof Survey>

// In the body: an address would stand in histories and logs. And no GET: what follows the links of mails rates nothing.
const token = z.string().min(1).max(200)
const open = {
  realm: 'member',
  may: 'anyone',
  about: 'ticket',
  stepUp: false,
  impersonated: 'refused',
} as const

export const openSurvey = endpoint({
  ...open,
  method: 'POST',
  path: '/surveys/opening',
  records: 'ticket.survey_opened',
  summary: 'What a mailed link asks about; does not use it up',
  input: { body: z.object({ token }) },
  output: Survey,
  refusals: [surveyGone, surveyRatedElsewhere, ticketNotResolved],
})

export const answerSurvey = endpoint({
  ...open,
  method: 'PUT',
  path: '/surveys/rating',
  records: 'ticket.survey_answered',
  summary: 'Says how it was, by a mailed link; can be changed as long as the link holds',
  input: {
    body: z.object({
      token,
      score: z.int().min(1).max(5),
      comment: text(1_000).trim().default(''),
    }),
  },
  output: Survey,
  refusals: [surveyGone, surveyRatedElsewhere, ticketNotResolved],
  touches: ['tickets'],
})
