/** The face of the help desk. */
import type { BackgroundWork, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import { conversationHandlers, conversationSchedules } from './conversation/index.ts'
import { leavingByTheClock } from './conversation/leaving.ts'
import { customerHandlers } from './customers/index.ts'
import { forgettingAtNight } from './forgetting/nightly.ts'
import { linking } from './links/linking.ts'
import { contacting } from './contacting/contacting.ts'
import { macroHandlers } from './macros/index.ts'
import { filing } from './mail-in/filing.ts'
import { mailInHandlers } from './mail-in/index.ts'
import { readMailbox } from './mail-in/reading/mailbox.ts'
import type { Parts } from './parts.ts'
import { promiseHandlers, promiseSchedules, promiseWorks } from './promises/index.ts'
import { surveyHandlers, surveySchedules } from './surveys/index.ts'
import { reportHandlers } from './reports/index.ts'
import { ticketHandlers } from './tickets/index.ts'

export { forgetPerson, forgetPractice, type Forgetting, type Forgotten } from './forgetting/forgetting.ts'
export { heldInTickets, ticketsOfPerson, type TicketsHeld } from './forgetting/queries.ts'
export { tieImpersonation } from './links/linking.ts'
export { ticketNumbered } from './links/numbered.ts'
export { slaQuestions } from './sla/questions.ts'
export { bouncePast, seedWaitingMail, type WaitingMail } from './mail-in/demonstrating.ts'
export { mergePast } from './moves/demonstrating.ts'
export { seedPastTicket, workedAfter, workedBefore, type PastStep } from './tickets/demonstrating.ts'

export function supportParts(parts: Parts): {
  handlers: readonly Handler[]
  works: readonly BackgroundWork[]
  schedules: readonly Schedule[]
  start(): Promise<void>
  close(): Promise<void>
} {
  const goingOn = [leavingByTheClock(parts), readMailbox(parts, filing(parts))]
  return {
    handlers: [
      ...ticketHandlers(parts),
      ...conversationHandlers(parts),
      ...customerHandlers(parts),
      ...macroHandlers(parts),
      ...mailInHandlers(parts),
      ...contacting(parts),
      ...promiseHandlers(parts),
      ...reportHandlers(parts),
      ...surveyHandlers(parts),
      ...linking(parts),
    ],
    works: [...promiseWorks(parts)],
    schedules: [
      ...promiseSchedules(parts),
      ...conversationSchedules(parts),
      ...surveySchedules(parts),
      forgettingAtNight(parts),
    ],
    start: async () => void (await Promise.all(goingOn.map((one) => one.start()))),
    close: async () => void (await Promise.all(goingOn.map((one) => one.close()))),
  }
}
