import { findAppointments, getAppointment, listAppointments, shareOf } from '#contract/agenda'
import { found, handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { appointmentPage, detailOf, foundAppointments } from './looking-up-queries.ts'
import { whyOutside } from './booking.ts'
import { houseOf, whatIsSeen } from './house.ts'
import { dayAfter, dayBegins } from './local-time.ts'
import { asked, shown } from './placing.ts'

export const lookingUp: readonly TenantHandler[] = [
  handleInTenant(getAppointment, async (ctx, { params: { id } }) => {
    const house = await houseOf(ctx)
    const appointment = await shown(ctx, house, id)
    const { startsAt, endsAt, feeCents, ...more } = found(await detailOf(ctx.db, id))
    const hoursLeft = (startsAt.getTime() - ctx.clock.now().getTime()) / 3_600_000
    const mayKnow = whatIsSeen(ctx).fees
    const isLate = hoursLeft < house.lateWindowHours
    return {
      ...appointment,
      ...more,
      bookedAt: more.bookedAt.toISOString(),
      statusAt: more.statusAt?.toISOString() ?? null,
      outside: await whyOutside(ctx, house, { practitionerId: appointment.practitionerId, startsAt, endsAt }),
      rule: {
        cancelAs: isLate ? ('late_cancelled' as const) : ('cancelled' as const),
        lateWindowHours: house.lateWindowHours,
        lateDueCents: mayKnow ? shareOf(feeCents, house.lateSharePercent) : null,
        noShowDueCents: mayKnow ? shareOf(feeCents, house.noShowSharePercent) : null,
      },
    }
  }),

  handleInTenant(listAppointments, async (ctx, { query: { from, to, ...filter } }) => {
    const house = await houseOf(ctx)
    const { timeZone } = house
    return appointmentPage(ctx.db, asked(ctx, house), {
      ...filter,
      now: ctx.clock.now(),
      from: from === undefined ? undefined : dayBegins(from, timeZone),
      to: to === undefined ? undefined : dayBegins(dayAfter(to), timeZone),
    })
  }),

  handleInTenant(findAppointments, async (ctx, { query: { q } }) => {
    const house = await houseOf(ctx)
    return { rows: await foundAppointments(ctx.db, asked(ctx, house), q, ctx.clock.now()) }
  }),
]
