/**
 * Away, and open besides the usual hours. What was booked in an absence stays until somebody moves or cancels it.
 * Why somebody is away may be an illness: the vendor's log keeps times alone.
 */
import {
  absenceChanged,
  addAbsence,
  addOpenSlot,
  changeAbsence,
  listAbsences,
  removeAbsence,
  removeOpenSlot,
  type Absence,
  type AbsenceWithTouched,
} from '#contract/agenda'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  WrongField,
  type TenantContext,
  type TenantHandler,
  refuse,
} from '#platform/server/requests.ts'
import {
  absenceShown,
  absencesFrom,
  deleteAbsence,
  deleteOpenSlot,
  insertAbsence,
  insertOpenSlot,
  openSlotShown,
  openSlotsFrom,
  touchedBy,
  updateAbsence,
} from './absence-queries.ts'
import { houseOf, whoseAgenda, type House } from './house.ts'
import { dayBegins, instantOf, localDay } from './local-time.ts'
import { asked } from './placing.ts'

const newId = (ctx: Pick<TenantContext, 'clock'>) => ({ id: uuidv7(ctx.clock.now().getTime()) })

export const absences: readonly TenantHandler[] = [
  handleInTenant(listAbsences, async (ctx) => {
    const house = await houseOf(ctx)
    const today = dayBegins(localDay(ctx.clock.now(), house.timeZone), house.timeZone)
    const rows = await absencesFrom(ctx.db, house.timeZone, today)
    const touched = await touchedBy(
      ctx.db,
      asked(ctx, house),
      rows.map(({ id }) => id),
    )
    return {
      absences: rows.map((absence) => ({ absence, touched: touched.get(absence.id) ?? [] })),
      openSlots: await openSlotsFrom(ctx.db, house.timeZone, today),
    }
  }),

  handleInTenant(addAbsence, newId, async (ctx, { body }, { id }) => {
    const house = await houseOf(ctx)
    const practitionerId = whoseAgenda(house, body.practitionerId, ctx)
    const time = span(body, house)
    const { kind, label } = body
    await insertAbsence(ctx.db, { id, practitionerId, kind, label, ...time, ...by(ctx) })
    ctx.record({ after: { practitionerId, ...time } })
    return withTouched(ctx, house, found(await absenceShown(ctx.db, house.timeZone, id)))
  }),

  handleInTenant(changeAbsence, async (ctx, { params: { id }, body }) => {
    const house = await houseOf(ctx)
    const current = found(await absenceShown(ctx.db, house.timeZone, id))
    const { startsAt, endsAt, startsLocal, endsLocal } = current
    if (startsLocal !== body.was.startsLocal || endsLocal !== body.was.endsLocal)
      throw refuse(absenceChanged, { details: { current } })
    const time = span(body, house)
    await updateAbsence(ctx.db, id, { kind: body.kind, label: body.label, ...time })
    ctx.record({ before: { startsAt, endsAt }, after: time })
    return withTouched(ctx, house, found(await absenceShown(ctx.db, house.timeZone, id)))
  }),

  handleInTenant(removeAbsence, async (ctx, { params: { id } }) => {
    const { timeZone } = await houseOf(ctx)
    const { practitionerId, startsAt, endsAt } = found(await absenceShown(ctx.db, timeZone, id))
    await deleteAbsence(ctx.db, id)
    ctx.record({ before: { practitionerId, startsAt, endsAt } })
    return undefined
  }),

  handleInTenant(addOpenSlot, newId, async (ctx, { body }, { id }) => {
    const house = await houseOf(ctx)
    const practitionerId = whoseAgenda(house, body.practitionerId, ctx)
    const time = span(body, house)
    if (time.endsAt.getTime() - time.startsAt.getTime() > 24 * 3_600_000)
      throw new WrongField('body', 'endsLocal', 'open_slot_too_long')
    await insertOpenSlot(ctx.db, { id, practitionerId, label: body.label, ...time, ...by(ctx) })
    ctx.record({ after: { practitionerId, ...time } })
    return found(await openSlotShown(ctx.db, house.timeZone, id))
  }),

  handleInTenant(removeOpenSlot, async (ctx, { params: { id } }) => {
    const { timeZone } = await houseOf(ctx)
    const { practitionerId, startsAt, endsAt } = found(await openSlotShown(ctx.db, timeZone, id))
    await deleteOpenSlot(ctx.db, id)
    ctx.record({ before: { practitionerId, startsAt, endsAt } })
    return undefined
  }),
]

const by = ({ member, clock }: TenantContext) => ({ createdBy: member.memberId, createdAt: clock.now() })

/** Later by the clock is later, but within the hour that clocks show twice. */
function span({ startsLocal, endsLocal }: { startsLocal: string; endsLocal: string }, { timeZone }: House) {
  const startsAt = instantOf(startsLocal, timeZone)
  const endsAt = instantOf(endsLocal, timeZone, 'endsLocal')
  if (startsAt >= endsAt) throw new WrongField('body', 'endsLocal', 'ends_before_it_starts')
  return { startsAt, endsAt }
}

/** With what still stands in it. */
async function withTouched(ctx: TenantContext, house: House, absence: Absence): Promise<AbsenceWithTouched> {
  const touched = await touchedBy(ctx.db, asked(ctx, house), [absence.id])
  return { absence, touched: touched.get(absence.id) ?? [] }
}
