import { alreadyExtended, deadlineFor, extendPrivacyRequest, monthsWhenExtended } from '#contract/privacy'
import { handle, refuse, WrongField } from '#platform/server/requests.ts'
import { wholeRequest } from './listing.ts'
import { changeRequest } from './queries.ts'
import { checkDone, heldUnanswered, shownDay, takeStep } from './taking-steps.ts'

export const extending = handle(
  extendPrivacyRequest,
  async (ctx, { params: { id }, body: { toldOn, reason } }) => {
    const request = await heldUnanswered(ctx, id)
    if (request.isExtended) throw refuse(alreadyExtended)
    checkDone(ctx, 'toldOn', toldOn, request.receivedOn)
    // It may be written down later than it was told, but who was not told within the month has no extension.
    if (toldOn > request.firstDueOn)
      throw new WrongField('body', 'toldOn', 'extension_told_too_late', { due: shownDay(request.firstDueOn) })
    const { on: dueOn } = deadlineFor(request.receivedOn, monthsWhenExtended)
    await changeRequest(ctx.db, id, { isExtended: true, dueOn })
    await takeStep(
      ctx,
      request,
      { kind: 'extended', day: toldOn, note: reason },
      { before: { dueOn: request.dueOn }, after: { dueOn, toldOn } },
    )
    return wholeRequest(ctx, id)
  },
)
