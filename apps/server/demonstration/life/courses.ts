import type { Making, Working } from './life.ts'
import type { PracticeDay } from './practice-days.ts'

/** Somebody's hour: every week or every other one, for as long as they come. */
export type Course = { practitionerId: string; hour: number; everyWeeks: 1 | 2; days: PracticeDay[] }

/**
 * Each hour of the week belongs to one patient until they have done, then to another; every other week to another still.
 * So nobody is ever in two places at once, and people come as they do: at their hour.
 */
export function coursesOf(
  { chance, today }: Making,
  working: Working,
  days: readonly PracticeDay[],
  meanLength: number,
): Course[] {
  const courses: Course[] = []
  const inAFortnight = Temporal.PlainDate.from(today).add({ days: 15 }).toString()
  for (const weekday of working.weekdays) {
    const those = days.filter((day) => day.weekday === weekday)
    for (const hour of working.hours) {
      if (weekday === 6 && hour > 13) continue
      const isWeekly = chance.once(0.3)
      const lanes = isWeekly
        ? [those]
        : [0, 1].map((parity) => those.filter(({ week }) => week % 2 === parity))
      for (const lane of lanes) {
        for (let from = 0; from < lane.length;) {
          const length = Math.max(1, Math.round((meanLength * chance.between(15, 185)) / 100))
          let taken = lane.slice(from, from + length)
          from += length + (chance.once(0.5) ? 1 : 0)
          // Some always book from one time to the next: nothing stands there yet beyond a fortnight.
          if (chance.once(0.45)) taken = taken.filter(({ on }) => on < inAFortnight)
          if (taken.length > 0)
            courses.push({
              practitionerId: working.memberId,
              hour,
              everyWeeks: isWeekly ? 1 : 2,
              days: taken,
            })
        }
      }
    }
  }
  return courses.toSorted((one, other) => beginsAt(one) - beginsAt(other) || one.hour - other.hour)
}

export const beginsAt = ({ days, hour }: Course): number => days[0]?.at(hour).getTime() ?? 0
