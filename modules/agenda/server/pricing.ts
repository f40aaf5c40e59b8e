/** What an appointment costs, and what it owes as it came out. */
import {
  appointmentInvoiced,
  appointmentPaid,
  feeOn,
  feeReserved,
  monSoutienPsyFeeFixed,
  monSoutienPsyPriceOn,
  shareOf,
  type AppointmentStatus,
} from '#contract/agenda'
import { refuse, WrongField, type Refused, type TenantContext } from '#platform/server/requests.ts'
import type { Standing } from './appointment-queries.ts'
import { whatIsSeen, type House } from './house.ts'

type Asking = Pick<TenantContext, 'member'>

type Priced = { monSoutienPsy: boolean; tariffs: readonly { fromOn: string; feeCents: number }[] }

/**
 * The fee of an appointment on a day: what was agreed, else the act's price of that day. « Mon soutien psy » has one
 * price for everybody, and what takes time without a patient has none.
 * @returns cents
 */
export function feeFor(
  act: Priced | undefined,
  {
    day,
    agreed,
    patientId,
    mayAgree,
  }: {
    day: string
    agreed: number | undefined
    patientId: string | null | undefined
    mayAgree: boolean
  },
): number {
  const fixed = act?.monSoutienPsy ? monSoutienPsyPriceOn(day)?.feeCents : undefined
  const usual = fixed ?? (act ? feeOn({ tariffs: [...act.tariffs] }, day) : 0)
  // Whatever it is: who may not know a price would else find it by trying.
  if (agreed !== undefined && !mayAgree) throw refuse(feeReserved)
  if (agreed !== undefined && agreed !== usual) {
    if (fixed !== undefined) throw refuse(monSoutienPsyFeeFixed, { values: { price: fixed / 100 } })
    if (!patientId && agreed > 0) throw new WrongField('body', 'feeCents', 'fee_without_patient')
  }
  return patientId ? (agreed ?? usual) : 0
}

/** What is owed of a fee: all of it, the practice's share of it, or nothing. In cents. */
export function dueOf(
  status: AppointmentStatus,
  feeCents: number,
  { lateSharePercent, noShowSharePercent }: Pick<House, 'lateSharePercent' | 'noShowSharePercent'>,
): number {
  if (status === 'cancelled') return 0
  if (status === 'late_cancelled') return shareOf(feeCents, lateSharePercent)
  if (status === 'no_show') return shareOf(feeCents, noShowSharePercent)
  return feeCents
}

/**
 * Money that came in, and a fee note that stands, are put right first.
 * @throws Refused appointment_paid, appointment_invoiced
 */
export function mayOwe(ctx: Asking, standing: Standing, dueCents: number): void {
  if (standing.invoiced && dueCents !== standing.dueCents) throw refuse(appointmentInvoiced)
  if (dueCents < standing.paidCents) throw paidMore(ctx, standing, dueCents)
}

/** How much, only for whoever may know. */
export const paidMore = (ctx: Asking, { paidCents }: Standing, dueCents: number): Refused =>
  whatIsSeen(ctx).fees
    ? refuse(appointmentPaid, { details: { paidCents, dueCents } })
    : refuse(appointmentPaid)
