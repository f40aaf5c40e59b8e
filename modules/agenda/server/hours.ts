import { getWorkingHours, hoursChanged, hoursOverlap, setWorkingHours, type Stretch } from '#contract/agenda'
import { handleInTenant, refuse, type TenantHandler } from '#platform/server/requests.ts'
import { oneAfterAnother } from './appointment-queries.ts'
import { hoursOf } from './availability-queries.ts'
import { houseOf, whoseAgenda } from './house.ts'
import { hoursOfAll, replaceHours } from './hours-queries.ts'

export const hours: readonly TenantHandler[] = [
  handleInTenant(getWorkingHours, async (ctx) => {
    const { practitioners } = await houseOf(ctx)
    const rows = await hoursOfAll(ctx.db)
    return {
      people: practitioners.map(({ memberId, name }) => ({
        practitionerId: memberId,
        name,
        week: rows.filter(({ practitionerId }) => practitionerId === memberId),
      })),
    }
  }),

  handleInTenant(setWorkingHours, async (ctx, { params: { id }, body: { was, week } }) => {
    const practitionerId = whoseAgenda(await houseOf(ctx), id, ctx, 'params')
    await oneAfterAnother(ctx.db, [practitionerId])
    const before = await hoursOf(ctx.db, practitionerId)
    if (!isSame(before, was)) throw refuse(hoursChanged, { details: { current: before } })
    if (overlap(week)) throw refuse(hoursOverlap)
    await replaceHours(ctx.db, practitionerId, week)
    ctx.record({ before: before.map(stretch), after: week })
    return { week: await hoursOf(ctx.db, practitionerId) }
  }),
]

const stretch = ({ weekday, fromMinute, toMinute }: Stretch) => ({ weekday, fromMinute, toMinute })

const inOrder = (week: readonly Stretch[]) =>
  week.map(stretch).toSorted((one, other) => one.weekday - other.weekday || one.fromMinute - other.fromMinute)

const isSame = (one: readonly Stretch[], other: readonly Stretch[]) =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))

const overlap = (week: readonly Stretch[]) =>
  inOrder(week).some((one, index, all) => {
    const next = all[index + 1]
    return next?.weekday === one.weekday && next.fromMinute < one.toMinute
  })
