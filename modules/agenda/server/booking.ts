import { bookAppointment, type What } from '#contract/agenda'
import type { z } from 'zod'
import { mayBeSeen } from '#server/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { actWithTariffs, isPatient } from './appointment-queries.ts'
import { availabilityOf, outsideOf } from './availability.ts'
import { insertAppointments } from './booking-queries.ts'
import { handlesFees, houseOf, whoseAgenda, type House } from './house.ts'
import { instantOf, localDay, plusMinutes } from './local-time.ts'
import { placing, shown, withinTheYear } from './placing.ts'
import { feeFor } from './pricing.ts'

export const booking: readonly TenantHandler[] = [
  handleInTenant(
    bookAppointment,
    (ctx) => ({ id: uuidv7(ctx.clock.now().getTime()) }),
    async (ctx, { body: { startsLocal, ...what } }, { id }) => {
      const house = await houseOf(ctx)
      const ready = await readyToBook(ctx, house, what)
      const startsAt = instantOf(startsLocal, house.timeZone)
      const time = { startsAt, endsAt: plusMinutes(startsAt, ready.minutes) }
      const row = { id, ...ready.row, ...time, feeCents: ready.feeAt(startsAt), seriesId: null }
      await placing(ctx, house, [row], () => insertAppointments(ctx.db, [row]))
      await withinTheYear(ctx, house, [{ ...row, monSoutienPsy: ready.monSoutienPsy }])
      ctx.record({ after: told(row) })
      return {
        appointment: await shown(ctx, house, id),
        outside: await whyOutside(ctx, house, row),
        warnings: await ready.warningsOn(startsAt),
      }
    },
  ),
]

/** What is booked, whatever its times: looked up and held to what the practice has. */
export async function readyToBook(
  ctx: TenantContext,
  house: House,
  { practitionerId, patientId, actId, minutes, feeCents, ...said }: z.infer<typeof What>,
) {
  const act = actId === undefined ? undefined : await actWithTariffs(ctx.db, actId)
  if (actId !== undefined && (!act || act.archivedAt)) throw new WrongField('body', 'actId', 'act_unknown')
  if (patientId !== undefined) await knownPatient(ctx, patientId)
  return {
    minutes: minutes ?? found(act).minutes,
    monSoutienPsy: act?.monSoutienPsy ?? false,
    feeAt: (startsAt: Date) =>
      feeFor(act, {
        day: localDay(startsAt, house.timeZone),
        agreed: feeCents,
        patientId,
        mayAgree: handlesFees(ctx),
      }),
    /** @throws Refused consent_missing */
    warningsOn: async (startsAt: Date) =>
      patientId === undefined
        ? []
        : mayBeSeen(ctx.db, patientId, localDay(startsAt, house.timeZone), {
            monSoutienPsy: act?.monSoutienPsy ?? false,
          }),
    row: {
      ...said,
      practitionerId: whoseAgenda(house, practitionerId, ctx),
      patientId: patientId ?? null,
      actId: actId ?? null,
      bookedBy: ctx.member.memberId,
      bookedAt: ctx.clock.now(),
    },
  }
}

/** Whoever may not read patients books for none. */
export async function knownPatient(ctx: TenantContext, patientId: string): Promise<void> {
  const isKnown = ctx.member.permissions.has('patients.read') && (await isPatient(ctx.db, patientId))
  if (!isKnown) throw new WrongField('body', 'patientId', 'patient_unknown')
}

type Timed = { practitionerId: string; startsAt: Date; endsAt: Date }

export async function whyOutside(
  { db }: Pick<TenantContext, 'db'>,
  house: House,
  { practitionerId, ...time }: Timed,
) {
  const span = { from: time.startsAt.getTime(), to: time.endsAt.getTime() }
  return outsideOf(await availabilityOf(db, house, practitionerId, span), span)
}

/** What the vendor's log keeps of an appointment: ids, times, amounts; never whose name it bears nor what it says. */
export const told = ({
  practitionerId,
  startsAt,
  endsAt,
  ...rest
}: Timed & { patientId: string | null; feeCents: number }) => ({
  practitionerId,
  startsAt,
  endsAt,
  patientId: rest.patientId,
  feeCents: rest.feeCents,
})
