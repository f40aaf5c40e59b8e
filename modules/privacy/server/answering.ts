import {
  addStep,
  answerPrivacyRequest,
  groundsFor,
  identityNotChecked,
  reopenPrivacyRequest,
  requestNotAnswered,
  type Outcome,
  type RequestKind,
} from '#contract/privacy'
import { handle, refuse, WrongField } from '#platform/server/requests.ts'
import { wholeRequest } from './listing.ts'
import { changeRequest } from './queries.ts'
import { checkDone, held, heldUnanswered, takeStep } from './taking-steps.ts'

export const answering = [
  handle(addStep, async (ctx, { params: { id }, body: { note } }) => {
    await takeStep(ctx, await held(ctx, id), { kind: 'note', note })
    return wholeRequest(ctx, id)
  }),

  handle(
    answerPrivacyRequest,
    async (ctx, { params: { id }, body: { outcome, ground, answeredOn, note } }) => {
      const request = await heldUnanswered(ctx, id)
      checkDone(ctx, 'answeredOn', answeredOn, request.receivedOn)
      const reason = groundOf(request.kind as RequestKind, outcome, ground) // the column's CHECK holds the same six
      // Data handed to a stranger cannot be taken back.
      if (grants(outcome) && request.identityCheckedOn === null) throw refuse(identityNotChecked)
      await changeRequest(ctx.db, id, { answeredOn, outcome })
      await takeStep(
        ctx,
        request,
        { kind: 'answered', day: answeredOn, outcome, ground: reason, note },
        { after: { outcome, ground: reason, answeredOn } },
      )
      return wholeRequest(ctx, id)
    },
  ),

  handle(reopenPrivacyRequest, async (ctx, { params: { id }, body: { reason } }) => {
    const request = await held(ctx, id)
    const { answeredOn, outcome } = request
    if (answeredOn === null) throw refuse(requestNotAnswered)
    await changeRequest(ctx.db, id, { answeredOn: null, outcome: null })
    await takeStep(ctx, request, { kind: 'reopened', note: reason }, { before: { answeredOn, outcome } })
    return wholeRequest(ctx, id)
  }),
]

const grants = (outcome: Outcome) => outcome === 'granted' || outcome === 'partly_granted'
const refuses = (outcome: Outcome) => outcome === 'partly_granted' || outcome === 'refused'

/** The ground of a refusal, whole or in part, which must be one that this right knows; of any other answer none. */
function groundOf<Ground extends string>(kind: RequestKind, outcome: Outcome, ground: Ground | null) {
  if (!refuses(outcome)) return null
  if (ground === null) throw new WrongField('body', 'ground', 'ground_missing')
  if (!groundsFor(kind).some((one) => one === ground)) throw new WrongField('body', 'ground', 'ground_unfit')
  return ground
}
