import { monSoutienPsyPriceOn } from '#contract/agenda'
import type { Making, PatientKind } from './life.ts'
import type { RowOf } from './loading.ts'

/** Name, minutes, what it cost and what it has cost since tariffs changed, in cents. */
const offered = [
  ['first', 'Première consultation', 60, 6_500, 7_000],
  ['adult', 'Séance individuelle', 50, 6_000, 6_500],
  ['child', 'Séance enfant ou adolescent', 45, 5_500, 6_000],
  ['couple', 'Séance de couple', 60, 8_000, 8_500],
  ['mon_soutien_psy', 'Mon soutien psy', 45, 5_000, 5_000],
] as const

export type Act = { id: string; minutes: number; feeOn(day: string): number }
export type Acts = Readonly<Record<PatientKind | 'first', Act>>

/** What is offered, at tariffs that changed once: on the last first of January but at least half a year ago. */
export function makeActs(
  { life, today, id }: Making,
  firstDay: string,
): { acts: Acts; rows: { acts: RowOf<'acts'>[]; tariffs: RowOf<'tariffs'>[] } } {
  const halfAYearAgo = Temporal.PlainDate.from(today).subtract({ months: 6 })
  const changedOn = `${halfAYearAgo.year}-01-01`
  const rows: { acts: RowOf<'acts'>[]; tariffs: RowOf<'tariffs'>[] } = { acts: [], tariffs: [] }
  const acts = Object.fromEntries(
    offered.map(([key, name, minutes, before, since], position) => {
      const actId = id('act', new Date(life.now.getTime() - life.years * 366 * 86_400_000))
      const monSoutienPsy = key === 'mon_soutien_psy'
      rows.acts.push({ id: actId, name, minutes, colour: position, monSoutienPsy, position })
      rows.tariffs.push({ actId, fromOn: firstDay, feeCents: before })
      if (since !== before) rows.tariffs.push({ actId, fromOn: changedOn, feeCents: since })
      const feeOn = (day: string) =>
        (monSoutienPsy ? monSoutienPsyPriceOn(day)?.feeCents : undefined) ??
        (day < changedOn ? before : since)
      return [key, { id: actId, minutes, feeOn }]
    }),
  ) as Acts // one of each of the keys above
  return { acts, rows }
}
