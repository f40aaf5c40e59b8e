import { checkIdentity, demandIdentityProof } from '#contract/privacy'
import { handle } from '#platform/server/requests.ts'
import { wholeRequest } from './listing.ts'
import { changeRequest } from './queries.ts'
import { checkDone, heldUnanswered, takeStep } from './taking-steps.ts'

export const identifying = [
  handle(demandIdentityProof, async (ctx, { params: { id }, body: { demandedOn, note } }) => {
    const request = await heldUnanswered(ctx, id)
    checkDone(ctx, 'demandedOn', demandedOn, request.receivedOn)
    await takeStep(ctx, request, { kind: 'proof_demanded', day: demandedOn, note }, { after: { demandedOn } })
    return wholeRequest(ctx, id)
  }),

  handle(checkIdentity, async (ctx, { params: { id }, body: { method, checkedOn, note } }) => {
    const request = await heldUnanswered(ctx, id)
    checkDone(ctx, 'checkedOn', checkedOn, request.receivedOn)
    await changeRequest(ctx.db, id, { identityCheckedOn: checkedOn })
    await takeStep(
      ctx,
      request,
      { kind: 'identity_checked', day: checkedOn, method, note },
      { after: { method, checkedOn } },
    )
    return wholeRequest(ctx, id)
  }),
]
