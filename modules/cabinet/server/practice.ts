import {
  getOwnProfile,
  getPractice,
  practiceChanged,
  profileChanged,
  updateOwnProfile,
  updatePractice,
  type Practice,
} from '#contract/cabinet'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { changePractice, changeProfile, ownProfile, peopleOf, practiceRow } from './queries.ts'

export const practice: readonly TenantHandler[] = [
  handleInTenant(getPractice, shownPractice),

  handleInTenant(updatePractice, async (ctx, { body: { revision, ...change } }) => {
    const before = await practiceRow(ctx.db)
    if (!(await changePractice(ctx.db, revision, change, ctx.clock.now())))
      throw refuse(practiceChanged, { details: { current: await shownPractice(ctx) } })
    const after = await shownPractice(ctx)
    ctx.record({ before: settingsOf(before), after: settingsOf(after) })
    return after
  }),

  handleInTenant(getOwnProfile, async ({ db, member }) => found(await ownProfile(db, member.memberId))),

  handleInTenant(
    updateOwnProfile,
    ({ member }) => ({ object: 'member', id: member.memberId }),
    async (ctx, { body }) => {
      const { memberId } = ctx.member
      const before = found(await ownProfile(ctx.db, memberId))
      if (!(await changeProfile(ctx.db, memberId, body)))
        throw refuse(profileChanged, { details: { current: await ownProfile(ctx.db, memberId) } })
      const after = found(await ownProfile(ctx.db, memberId))
      ctx.record({ before, after })
      return after
    },
  ),
]

/** Whose they are is the practice’s own affair: nothing of its patients is among them. */
function settingsOf({
  name,
  timeZone,
  phone,
  email,
  address,
  postcode,
  city,
}: Awaited<ReturnType<typeof practiceRow>>) {
  return { name, timeZone, phone, email, address, postcode, city }
}

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
