/** Another time, another length, another practitioner: of one appointment, or of several at once. */
import {
  appointmentChanged,
  appointmentInvoiced,
  moveAppointment,
  moveAppointments,
  type AppointmentStatus,
} from '#contract/agenda'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { appointmentsOf, standing, type Standing } from './appointment-queries.ts'
import { whyOutside } from './booking.ts'
import { putAt, type NewTime } from './changing-queries.ts'
import { houseOf, whoseAgenda, type House } from './house.ts'
import { instantOf, localDay, plusMinutes } from './local-time.ts'
import { asked, placing, shown, withinTheYear } from './placing.ts'

export const moving: readonly TenantHandler[] = [
  handleInTenant(moveAppointment, async (ctx, { params: { id }, body }) => {
    const house = await houseOf(ctx)
    const before = await unchanged(ctx, house, id, body.revision)
    const startsAt = instantOf(body.startsLocal, house.timeZone)
    const to = timeOf(before, startsAt, body.minutes)
    const practitionerId =
      body.practitionerId === undefined ? before.practitionerId : whoseAgenda(house, body.practitionerId, ctx)
    await moveAll(ctx, house, [{ before, to: { ...to, practitionerId } }])
    ctx.record({ before: times(before), after: times({ ...to, practitionerId }) })
    return {
      appointment: await shown(ctx, house, id),
      outside: await whyOutside(ctx, house, { ...to, practitionerId }),
    }
  }),

  handleInTenant(moveAppointments, async (ctx, { body: { appointments } }) => {
    const house = await houseOf(ctx)
    const before = await allUnchanged(ctx, house, appointments)
    const moves = before.map((one) => {
      const { startsLocal } = found(appointments.find(({ id }) => id === one.id))
      return { before: one, to: timeOf(one, instantOf(startsLocal, house.timeZone, 'appointments')) }
    })
    await moveAll(ctx, house, moves)
    const ids = before.map(({ id }) => id)
    ctx.record({ after: { ids } })
    return { appointments: await appointmentsOf(ctx.db, asked(ctx, house), ids) }
  }),
]

/** They count for nothing, wherever they stand. */
const isCancelled = ({ status }: Standing) => ['cancelled', 'late_cancelled'].includes(status)

type Timed = { practitionerId: string; startsAt: Date; endsAt: Date }
export type Move = { before: Standing; to: Timed }

/** As long as it was, unless told. */
export function timeOf(before: Standing, startsAt: Date, minutes?: number): Timed {
  const lasts = minutes ?? (before.endsAt.getTime() - before.startsAt.getTime()) / 60_000
  return { practitionerId: before.practitionerId, startsAt, endsAt: plusMinutes(startsAt, lasts) }
}

/**
 * All of them in one statement, so that they may change places. What was kept or missed and is now to come is planned again.
 * @throws Refused appointment_overlaps, appointment_invoiced, mon_soutien_psy_used_up
 */
export async function moveAll(
  ctx: TenantContext,
  house: House,
  moves: readonly Move[],
  refused?: Parameters<typeof placing>[4],
): Promise<void> {
  const dayIn = ({ startsAt }: Timed) => localDay(startsAt, house.timeZone)
  if (moves.some(({ before, to }) => before.invoiced && dayIn(before) !== dayIn(to)))
    throw refuse(appointmentInvoiced)
  const now = ctx.clock.now()
  const rows = moves.map(({ before, to }): NewTime => {
    const isAhead = to.startsAt > now && ['kept', 'no_show'].includes(before.status)
    return {
      id: before.id,
      ...to,
      status: isAhead ? 'planned' : (before.status as AppointmentStatus), // checked by the table
      dueCents: isAhead ? before.feeCents : before.dueCents,
    }
  })
  await placing(ctx, house, rows, () => putAt(ctx.db, rows, now), refused)
  const year = (at: Timed) => dayIn(at).slice(0, 4)
  await withinTheYear(
    ctx,
    house,
    moves
      .filter(({ before, to }) => year(before) !== year(to) && !isCancelled(before))
      .map(({ before, to }) => ({ ...before, startsAt: to.startsAt })),
  )
}

/**
 * The appointment, held, as whoever changes it saw it.
 * @throws NotFound, Refused appointment_changed
 */
export async function unchanged(
  ctx: TenantContext,
  house: House,
  id: string,
  revision: number,
): Promise<Standing> {
  const [before] = await standing(ctx.db, [id])
  if (found(before).revision !== revision)
    throw refuse(appointmentChanged, { details: { current: await shown(ctx, house, id) } })
  return found(before)
}

export async function allUnchanged(
  ctx: TenantContext,
  house: House,
  seen: readonly { id: string; revision: number }[],
): Promise<Standing[]> {
  const revisions = new Map(seen.map(({ id, revision }) => [id, revision]))
  const before = await standing(ctx.db, [...revisions.keys()])
  const changed = before.find(({ id, revision }) => revisions.get(id) !== revision)
  if (changed) throw refuse(appointmentChanged, { details: { current: await shown(ctx, house, changed.id) } })
  if (before.length !== revisions.size) found(undefined)
  return before
}

const times = ({ practitionerId, startsAt, endsAt }: Timed) => ({ practitionerId, startsAt, endsAt })
