/** What the client said to what was offered. Late is late, and still an answer. */
import { acceptQuote, declineQuote, quoteNotOpen } from '#contract/billing'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { changeQuote, lockQuote } from './queries.ts'
import { quoteSeen, shownQuote } from './showing.ts'

export const deciding: readonly Handler[] = [
  handle(acceptQuote, (ctx, { params: { id } }) => decide(ctx, id, 'accepted')),
  handle(declineQuote, (ctx, { params: { id } }) => decide(ctx, id, 'declined')),
]

async function decide(ctx: Context, id: string, state: 'accepted' | 'declined') {
  const { number } = await quoteSeen(ctx, id)
  const held = found(await lockQuote(ctx.db, id))
  if (held.state !== 'sent') throw refuse(quoteNotOpen)
  const at = ctx.clock.now()
  await changeQuote(ctx.db, id, { state, decidedAt: at }, at)
  ctx.record({ object: 'quote', id, after: { number, state } })
  return shownQuote(ctx, id)
}
