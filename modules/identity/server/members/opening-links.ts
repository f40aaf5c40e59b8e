import { linkGone, openMemberLink } from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { memberLink } from './links.ts'
import { doorOf, type MemberParts } from './parts.ts'
import { membershipsOf } from './queries.ts'

/** Looks at a link without using it up: what fetches every address in a mail before people do must not spend it. */
export function openingMemberLinks({ practices }: Pick<MemberParts, 'practices'>): Handler {
  return handle(openMemberLink, async (ctx, { body: { token } }) => {
    const link = await memberLink(ctx.db, token, ctx.clock.now())
    if (!link) throw refuse(linkGone)
    const { accountId, kind } = link
    const ids = (await membershipsOf(ctx.db, accountId, ctx.clock.now())).map(({ tenantId }) => tenantId)
    const known = await practices(ctx.db, ids)
    ctx.record({
      object: 'member_account',
      id: accountId,
      after: { kind },
      actor: { memberId: accountId },
    })
    return {
      kind,
      name: `${link.firstName} ${link.lastName}`,
      email: link.email,
      practices: ids.flatMap((id) => {
        const practice = known.get(id)
        return practice && doorOf(practice) !== 'shut' ? [practice.name] : []
      }),
      expiresAt: link.expiresAt.toISOString(),
    }
  })
}
