/** How appointments came out: kept, cancelled in time or too late, nobody came; and taking that back. */
import {
  appointmentNotYet,
  feeReserved,
  markAppointment,
  markAppointments,
  type AppointmentStatus,
} from '#contract/agenda'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { appointmentsOf, type Standing } from './appointment-queries.ts'
import { whyOutside } from './booking.ts'
import { markAs } from './changing-queries.ts'
import { handlesFees, houseOf, type House } from './house.ts'
import { allUnchanged, unchanged } from './moving.ts'
import { asked, placing, shown, withinTheYear } from './placing.ts'
import { dueOf, mayOwe } from './pricing.ts'

export const marking: readonly TenantHandler[] = [
  handleInTenant(markAppointment, async (ctx, { params: { id }, body: { revision, status, dueCents } }) => {
    const house = await houseOf(ctx)
    const before = await unchanged(ctx, house, id, revision)
    if (dueCents !== undefined) mayAskFor(ctx, before, status, dueCents)
    await markAll(ctx, house, [{ before, status, dueCents }])
    const appointment = await shown(ctx, house, id)
    ctx.record({
      before: { status: before.status, dueCents: before.dueCents },
      after: { status, ...(dueCents !== undefined && { dueCents }) },
    })
    return { appointment, outside: await whyOutside(ctx, house, before) }
  }),

  handleInTenant(markAppointments, async (ctx, { body: { appointments } }) => {
    const house = await houseOf(ctx)
    const before = await allUnchanged(ctx, house, appointments)
    const statuses = new Map(appointments.map(({ id, status }) => [id, status]))
    await markAll(
      ctx,
      house,
      before.map((one) => ({ before: one, status: found(statuses.get(one.id)) })),
    )
    const ids = before.map(({ id }) => id)
    ctx.record({ after: { ids, statuses: [...new Set(statuses.values())] } })
    return { appointments: await appointmentsOf(ctx.db, asked(ctx, house), ids) }
  }),
]

type Marking = { before: Standing; status: AppointmentStatus; dueCents?: number | undefined }

/** Only of what was cancelled late or missed, and never more than the fee. */
function mayAskFor(ctx: TenantContext, { feeCents }: Standing, status: AppointmentStatus, dueCents: number) {
  if (!handlesFees(ctx)) throw refuse(feeReserved)
  if (!['late_cancelled', 'no_show'].includes(status))
    throw new WrongField('body', 'dueCents', 'due_without_absence')
  if (dueCents > feeCents) throw new WrongField('body', 'dueCents', 'due_above_fee')
}

/** @throws Refused appointment_not_yet, appointment_paid, appointment_invoiced, appointment_overlaps, mon_soutien_psy_used_up */
export async function markAll(ctx: TenantContext, house: House, markings: readonly Marking[]): Promise<void> {
  const now = ctx.clock.now()
  const marks = markings.map(({ before, status, dueCents = dueOf(status, before.feeCents, house) }) => {
    if (['kept', 'no_show'].includes(status) && before.startsAt > now) throw refuse(appointmentNotYet)
    mayOwe(ctx, before, dueCents)
    return { id: before.id, status, dueCents }
  })
  // What is planned again wants its time back, which somebody may have taken meanwhile.
  await placing(
    ctx,
    house,
    markings.map(({ before }) => before),
    () => markAs(ctx.db, marks, now),
  )
  const counted = (status: string) => ['planned', 'kept'].includes(status)
  await withinTheYear(
    ctx,
    house,
    markings
      .filter(({ before, status }) => counted(status) && !counted(before.status))
      .map(({ before }) => before),
  )
}
