import { practiceDays, type PracticeDay } from './practice-days.ts'
import type { Making, Working } from './life.ts'
import type { RowOf } from './loading.ts'

/** Month and day on which each begins, and for how many days. */
const usual = [
  ['02-16', 7, 'Vacances d’hiver'],
  ['04-20', 7, 'Vacances de printemps'],
  ['08-03', 21, 'Congés d’été'],
  ['10-26', 5, 'Toussaint'],
  ['12-24', 9, 'Fêtes de fin d’année'],
] as const

/** When somebody is away: the usual weeks, at other days for each, but for one that today stands in or that begins soon. */
export function timeOff(
  { today, id, life }: Making,
  { memberId }: Working,
  place: number,
  days: readonly PracticeDay[],
) {
  const first = days[0]?.on ?? today
  const last = days.at(-1)?.on ?? today
  const rows: RowOf<'absences'>[] = []
  const away = new Set<string>()
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    for (const [begins, length, label] of usual) {
      const from = Temporal.PlainDate.from(`${year}-${begins}`).add({
        days: begins === '12-24' ? 0 : place * 7,
      })
      const to = from.add({ days: length - 1 })
      const soon = Temporal.PlainDate.from(today).add({ days: 9 }).toString()
      if (from.toString() <= soon && to.toString() >= today) continue
      if (from.toString() > last || to.toString() < first) continue
      const all = practiceDays(from.toString(), to.add({ days: 1 }).toString())
      for (const { on } of all) if (on <= to.toString()) away.add(on)
      rows.push({
        id: id('absence', life.now),
        practitionerId: memberId,
        startsAt: zoned(from),
        endsAt: zoned(to.add({ days: 1 })),
        kind: 'holiday',
        label,
        createdBy: memberId,
      })
    }
  }
  return { rows, away }
}

const zoned = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime('Europe/Paris').epochMilliseconds)
