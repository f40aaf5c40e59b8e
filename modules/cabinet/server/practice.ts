import { getPractice, practiceChanged, updatePractice, type Practice } from '#contract/cabinet'
import { handleInTenant, refuse, type TenantContext, type TenantHandler } from '#platform/server/requests.ts'
import { changePractice, peopleOf, practiceRow } from './queries.ts'

export const practice: readonly TenantHandler[] = [
  handleInTenant(getPractice, shownPractice),

  handleInTenant(updatePractice, async (ctx, { body: { revision, ...change } }) => {
    const before = await practiceRow(ctx.db)
    if (!(await changePractice(ctx.db, revision, change, ctx.clock.now())))
      throw refuse(practiceChanged, { details: { current: await shownPractice(ctx) } })
    const after = await shownPractice(ctx)
    ctx.record({
      before: { name: before.name, timeZone: before.timeZone },
      after: { name: after.name, timeZone: after.timeZone },
    })
    return after
  }),
]

async function shownPractice({ db, member }: Pick<TenantContext, 'db' | 'member'>): Promise<Practice> {
  const row = await practiceRow(db)
  const people = await peopleOf(db)
  return {
    ...row,
    kind: row.kind as Practice['kind'], // checked by the table
    timeZone: row.timeZone as Practice['timeZone'], // written by `updatePractice` alone
    me: { memberId: member.memberId, name: member.name, profile: member.profile },
    people: people.map(({ memberId, profile, firstName, lastName }) => ({
      memberId,
      name: `${firstName} ${lastName}`,
      profile: profile as Practice['kind'], // checked by the table
    })),
  }
}
