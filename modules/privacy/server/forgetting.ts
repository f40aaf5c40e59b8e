import { erasureNotAskedFor, forgetTickets, identityNotChecked } from '#contract/privacy'
import { forgetPerson, type Forgetting } from '#server/support'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { wholeRequest } from './listing.ts'
import { heldUnanswered, takeStep } from './taking-steps.ts'

/** What somebody said to support, who asked to be erased. Of clients themselves the trash is the way. */
export const forgetting = (on: Forgetting): Handler =>
  handle(forgetTickets, async (ctx, { params: { id } }) => {
    const request = await heldUnanswered(ctx, id)
    if (request.kind !== 'erasure') throw refuse(erasureNotAskedFor)
    // Of a stranger's word nothing is forgotten.
    if (request.identityCheckedOn === null) throw refuse(identityNotChecked)
    const forgotten = await forgetPerson(on, ctx.db, id)
    await takeStep(ctx, request, { kind: 'tickets_forgotten' }, { after: forgotten })
    return wholeRequest(ctx, id)
  })
