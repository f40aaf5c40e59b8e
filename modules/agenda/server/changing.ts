/** Whom or what an appointment is for; and what was never meant to be one. */
import {
  appointmentInUse,
  appointmentInvoiced,
  removeAppointment,
  updateAppointment,
  type AppointmentStatus,
} from '#contract/agenda'
import { isHere, mayBeSeen } from '#server/patients'
import { pgCode } from '#platform/server/db.ts'
import { handleInTenant, refuse, WrongField, type TenantHandler } from '#platform/server/requests.ts'
import { actWithTariffs } from './appointment-queries.ts'
import { knownPatient, whyOutside } from './booking.ts'
import { changeAppointment, deleteAppointment } from './changing-queries.ts'
import { handlesFees, houseOf } from './house.ts'
import { localDay } from './local-time.ts'
import { unchanged } from './moving.ts'
import { shown, withinTheYear } from './placing.ts'
import { dueOf, feeFor, mayOwe, paidMore } from './pricing.ts'

const foreignKeyViolation = '23503'

export const changing: readonly TenantHandler[] = [
  handleInTenant(
    updateAppointment,
    async (ctx, { params: { id }, body: { revision, feeCents, ...change } }) => {
      const house = await houseOf(ctx)
      const before = await unchanged(ctx, house, id, revision)
      if (before.patientId !== null && !(await isHere(ctx.db, before.patientId)))
        throw new WrongField('body', 'patientId', 'patient_unknown')
      const { patientId = before.patientId, title = before.title, actId = before.actId } = change
      if (patientId === null && title === '') throw new WrongField('body', 'patientId', 'patient_or_title')
      const [isOthers, isOther] = [patientId !== before.patientId, actId !== before.actId]
      if (isOthers && patientId !== null) await knownPatient(ctx, patientId)
      if (isOthers && before.invoiced) throw refuse(appointmentInvoiced)
      if (isOthers && before.paidCents > 0) throw paidMore(ctx, before, 0)
      const act = actId === null ? undefined : await actWithTariffs(ctx.db, actId)
      if (actId !== null && (!act || (isOther && act.archivedAt)))
        throw new WrongField('body', 'actId', 'act_unknown')

      const monSoutienPsy = act?.monSoutienPsy ?? false
      const day = localDay(before.startsAt, house.timeZone)
      const warnings =
        patientId !== null && (isOthers || isOther)
          ? await mayBeSeen(ctx.db, patientId, day, { monSoutienPsy })
          : []

      // Another act brings its own price; else what was agreed stands, whatever the price is by now.
      const isPricedAnew = feeCents !== undefined || isOther || isOthers
      const fee = isPricedAnew
        ? feeFor(act, {
            day,
            agreed: feeCents ?? (isOther || !before.patientId || !patientId ? undefined : before.feeCents),
            patientId,
            // What was agreed by whoever may goes with it.
            mayAgree: feeCents === undefined || handlesFees(ctx),
          })
        : before.feeCents
      const status = before.status as AppointmentStatus // checked by the table
      const due = fee === before.feeCents ? before.dueCents : dueOf(status, fee, house)
      mayOwe(ctx, before, due)
      await changeAppointment(ctx.db, id, { ...change, feeCents: fee, dueCents: due, revision: revision + 1 })
      if (isOther || isOthers)
        await withinTheYear(ctx, house, [{ patientId, monSoutienPsy, startsAt: before.startsAt }])

      const changed = Object.keys(change)
      ctx.record({
        before: { patientId: before.patientId, feeCents: before.feeCents },
        after: { changed, patientId, feeCents: fee },
      })
      return {
        appointment: await shown(ctx, house, id),
        outside: await whyOutside(ctx, house, before),
        warnings,
      }
    },
  ),

  handleInTenant(removeAppointment, async (ctx, { params: { id }, query: { revision } }) => {
    const house = await houseOf(ctx)
    const { startsAt, patientId, practitionerId } = await unchanged(ctx, house, id, revision)
    // Notes tell of what has begun: it stays, be there one or none.
    if (startsAt <= ctx.clock.now()) throw refuse(appointmentInUse)
    try {
      await deleteAppointment(ctx.db, id)
    } catch (error) {
      if (pgCode(error) !== foreignKeyViolation) throw error
      throw refuse(appointmentInUse)
    }
    ctx.record({ before: { startsAt, patientId, practitionerId } })
    return undefined
  }),
]
