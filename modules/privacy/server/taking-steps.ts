// What every act on a request begins and ends with: it is held, the step is written beside it, and the log told.
import { requestAnswered } from '#contract/privacy'
import { dayOf } from '#platform/server/clock.ts'
import { found, refuse, WrongField, type Context } from '#platform/server/requests.ts'
import { insertStep, lockRequest, type NewStep } from './queries.ts'

export type HeldRequest = NonNullable<Awaited<ReturnType<typeof lockRequest>>>

/** The request, held until the end of the transaction. @throws NotFound */
export async function held(ctx: Pick<Context, 'db'>, id: string): Promise<HeldRequest> {
  return found(await lockRequest(ctx.db, id))
}

/** @throws Refused when it was answered: what was done then stands, until somebody reopens it */
export async function heldUnanswered(ctx: Pick<Context, 'db'>, id: string): Promise<HeldRequest> {
  const request = await held(ctx, id)
  if (request.answeredOn !== null) throw refuse(requestAnswered)
  return request
}

/** Appends the step and leaves the line in the log. What people wrote stays in the register and out of the log. */
export async function takeStep(
  ctx: Context,
  request: Pick<HeldRequest, 'id' | 'number'>,
  step: Omit<NewStep, 'requestId' | 'at' | 'staffId'>,
  said: { before?: Record<string, unknown>; after?: Record<string, unknown> } = {},
): Promise<void> {
  await insertStep(ctx.db, {
    ...step,
    requestId: request.id,
    at: ctx.clock.now(),
    staffId: ctx.actor.staffId,
  })
  ctx.record({
    object: 'privacy_request',
    id: request.id,
    before: said.before,
    after: { number: request.number, ...said.after },
  })
}

/** A day on which something was done: not before the request came, and not after today. @throws WrongField */
export function checkDone(
  ctx: Pick<Context, 'clock'>,
  field: string,
  day: string,
  receivedOn: string | null = null,
): void {
  if (day > dayOf(ctx.clock.now())) throw new WrongField('body', field, 'day_in_future')
  if (receivedOn !== null && day < receivedOn)
    throw new WrongField('body', field, 'day_before_receipt', { received: shownDay(receivedOn) })
}

/** As both languages of the house write a day: 27/02/2026. */
export const shownDay = (day: string): string => day.split('-').toReversed().join('/')
