import { linkGone, openLink } from '#contract/identity'
import { handle, refuse } from '#platform/server/requests.ts'
import { linkFor } from './tokens.ts'

const kinds = ['invitation', 'password_reset', 'factor_enrolment', 'factor_reset_refusal'] as const

/** Looks at a link without using it up: what fetches every address in a mail before people do must not spend it. */
export const opening = handle(openLink, async (ctx, { body: { token } }) => {
  const link = await linkFor(ctx.db, token, kinds, ctx.clock.now())
  if (!link) throw refuse(linkGone)
  const name = `${link.firstName} ${link.lastName}`
  ctx.record({
    object: 'staff_member',
    id: link.staffId,
    after: { kind: link.kind },
    actor: { staffId: link.staffId, label: name },
  })
  return { kind: link.kind, name, email: link.email, expiresAt: link.expiresAt.toISOString() }
})
