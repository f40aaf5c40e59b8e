import { freeSlots, getAgenda, type FreeSlot } from '#contract/agenda'
import { holidaysBetween } from '#platform/contract/french-holidays.ts'
import { handleInTenant, RawJson, type TenantHandler } from '#platform/server/requests.ts'
import { availabilityOf, openOn, type Span } from './availability.ts'
import { takenBetween } from './availability-queries.ts'
import { agendaBetween } from './calendar-queries.ts'
import { departedBetween } from './house-queries.ts'
import { houseOf, whatIsSeen, whoseAgenda } from './house.ts'
import { dayAfter, dayBegins, instantOf, localDay, localOf } from './local-time.ts'

export const calendar: readonly TenantHandler[] = [
  // Three statements, however much stands in those days: the practice, who has left it, and all the rest.
  handleInTenant(getAgenda, async (ctx, { query: { from, to, practitionerId } }) => {
    const house = await houseOf(ctx)
    const { timeZone, practitioners } = house
    const days = { from: dayBegins(from, timeZone), to: dayBegins(dayAfter(to), timeZone) }
    const departed = await departedBetween(ctx.db, { ...days, practitioners })
    const everybody = { ...house, practitioners: [...practitioners, ...departed] }
    const asked = {
      ...days,
      timeZone,
      sees: whatIsSeen(ctx),
      practitionerIds:
        practitionerId === undefined
          ? everybody.practitioners.map(({ memberId }) => memberId)
          : [whoseAgenda(everybody, practitionerId, ctx, 'query')],
    }
    const known = {
      timeZone,
      practitioners,
      departed,
      nowLocal: localOf(ctx.clock.now(), timeZone),
      holidays: holidaysBetween(from, to, house.holidays),
    }
    return new RawJson(`${JSON.stringify(known).slice(0, -1)},${await agendaBetween(ctx.db, asked)}}`)
  }),

  handleInTenant(freeSlots, async (ctx, { query: { minutes, practitionerId, from, days, half } }) => {
    const house = await houseOf(ctx)
    const { timeZone, practitioners } = house
    const now = ctx.clock.now()
    const today = localDay(now, timeZone)
    const first = from === undefined || from < today ? today : from
    const [begins, ends] = [dayBegins(first, timeZone), dayBegins(dayAfter(first, days), timeZone)]
    const whose =
      practitionerId === undefined
        ? practitioners.map(({ memberId }) => memberId)
        : [whoseAgenda(house, practitionerId, ctx, 'query')]
    const taken = whose.length === 0 ? [] : await takenBetween(ctx.db, whose, begins, ends)
    const span = { from: begins.getTime(), to: ends.getTime() }
    const theirs = await Promise.all(
      whose.map(async (id) => ({
        practitionerId: id,
        known: await availabilityOf(ctx.db, house, id, span),
        taken: taken
          .filter((one) => one.practitionerId === id)
          .map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() })),
      })),
    )
    const shown = []
    for (let day = first; day < dayAfter(first, days); day = dayAfter(day)) {
      const noon = instantOf(`${day}T12:00`, timeZone).getTime()
      const slots = theirs
        .flatMap(({ practitionerId: id, known, taken: busy }) =>
          startsIn(halfOf(openOn(known, day, busy), noon, half), minutes, now).map((startsAt): FreeSlot => ({
            practitionerId: id,
            startsAt: startsAt.toISOString(),
            startsLocal: localOf(startsAt, timeZone),
          })),
        )
        .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
      const isMorning = ({ startsLocal }: FreeSlot) => startsLocal.slice(11) < '12:00'
      const morning = slots.filter(isMorning)
      const afternoon = slots.filter((slot) => !isMorning(slot))
      if (morning.length + afternoon.length > 0) shown.push({ on: day, morning, afternoon })
    }
    return { days: shown }
  }),
]

/** Who wants an afternoon is offered it from noon on, whatever began before. */
const halfOf = (room: readonly Span[], noon: number, half: 'morning' | 'afternoon' | undefined) =>
  room
    .map(({ from, to }) => ({
      from: half === 'afternoon' ? Math.max(from, noon) : from,
      to: half === 'morning' ? Math.min(to, noon) : to,
    }))
    .filter(({ from, to }) => from < to)

/** One after the other from where the room begins, so that nothing is left between them that nobody can use. */
function startsIn(room: readonly Span[], minutes: number, now: Date): Date[] {
  const length = minutes * 60_000
  const quarter = 15 * 60_000
  // Today's begin at the next quarter of an hour.
  const earliest = Math.ceil(now.getTime() / quarter) * quarter
  return room.flatMap(({ from, to }) => {
    const start = Math.max(from, earliest)
    const fits = Math.max(0, Math.floor((to - start) / length))
    return Array.from({ length: fits }, (_, index) => new Date(start + index * length))
  })
}
