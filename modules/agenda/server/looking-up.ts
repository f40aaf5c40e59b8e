import { findAppointments, getAppointment, listAppointments, shareOf } from '#contract/agenda'
import { found, handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { appointmentPage, detailOf, foundAppointments } from './looking-up-queries.ts'
import { whyOutside } from './booking.ts'
import { houseOf, whatIsSeen } from './house.ts'
import { cancelAs } from './lateness.ts'
import { dayAfter, dayBegins } from './local-time.ts'
import { asked, shown } from './placing.ts'

export const lookingUp: readonly TenantHandler[] = [
  handleInTenant(getAppointment, async (ctx, { params: { id } }) => {
    const house = await houseOf(ctx)
    const appointment = await shown(ctx, house, id)
    const now = ctx.clock.now()
    const detail = found(await detailOf(ctx.db, id, now))
    const { startsAt, endsAt, feeCents, feeNoteId, series, together, ...more } = detail
    const mayKnow = whatIsSeen(ctx).fees
    const patientId = appointment.patient?.id ?? null
    const late = together.filter(
      (one) => cancelAs({ ...one, startsAt: new Date(one.startsAt) }, house, now) === 'late_cancelled',
    )
    const shareLate = (cents: number) => shareOf(cents, house.lateSharePercent)
    const lateDueCents = late.reduce((sum, one) => sum + shareLate(one.feeCents), 0)
    return {
      ...appointment,
      ...more,
      feeNoteId: mayKnow ? feeNoteId : null,
      bookedAt: more.bookedAt.toISOString(),
      statusAt: more.statusAt?.toISOString() ?? null,
      outside: await whyOutside(ctx, house, { practitionerId: appointment.practitionerId, startsAt, endsAt }),
      series: series && {
        ...series,
        late: { count: late.length, dueCents: mayKnow ? lateDueCents : null },
      },
      rule: {
        cancelAs: cancelAs({ patientId, startsAt }, house, now),
        lateWindowHours: house.lateWindowHours,
        lateDueCents: mayKnow ? shareLate(feeCents) : null,
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
