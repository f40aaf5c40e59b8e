/** The times of a series, and what stands in the way of each, before anything is written. */
import { mostOccurrences, type Occurrence } from '#contract/agenda'
import type { TenantContext } from '#platform/server/requests.ts'
import { inTheWay } from './appointment-queries.ts'
import { availabilityOf, outsideOf } from './availability.ts'
import type { House } from './house.ts'
import { instantIn, plusMinutes } from './local-time.ts'
import { asked } from './placing.ts'

export type Rhythm = {
  startsLocal: string
  everyWeeks: number
  until?: string | undefined
  count?: number | undefined
}

/** By the practice's clock: the same hour every so many weeks, whatever clocks do in between. */
export function timesOf({ startsLocal, everyWeeks, until, count = mostOccurrences }: Rhythm): string[] {
  const first = Temporal.PlainDateTime.from(startsLocal)
  return Array.from({ length: count }, (_, index) =>
    first.add({ weeks: index * everyWeeks }).toString({ smallestUnit: 'minute' }),
  ).filter((local) => until === undefined || local.slice(0, 10) <= until)
}

/** A time that exists, of an appointment that is already (`id`) or not yet. */
export type Time = { id: string | null; startsLocal: string; startsAt: Date; endsAt: Date }

export async function occurrencesOf(
  ctx: Pick<TenantContext, 'db' | 'member'>,
  house: House,
  practitionerId: string,
  { times, minutes }: { times: readonly { id: string | null; startsLocal: string }[]; minutes: number },
): Promise<(Occurrence & { time: Time | null })[]> {
  const timed = times.map(({ id, startsLocal }) => {
    const startsAt = instantIn(startsLocal, house.timeZone)
    return {
      startsLocal,
      time: startsAt && { id, startsLocal, startsAt, endsAt: plusMinutes(startsAt, minutes) },
    }
  })
  const existing = timed.flatMap(({ time }) => time ?? [])
  const instants = existing.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()])
  const known = await availabilityOf(ctx.db, house, practitionerId, {
    from: Math.min(...instants),
    to: Math.max(...instants),
  })
  const standing = new Map(
    (
      await inTheWay(
        ctx.db,
        asked(ctx, house),
        existing.map((time) => ({ ...time, practitionerId })),
      )
    ).map((one) => [existing[one.index], one.standing] as const),
  )
  return timed.map(({ startsLocal, time }) => {
    const about = { on: startsLocal.slice(0, 10), startsLocal, time }
    if (!time) return { ...about, state: 'missing', outside: null, taken: null }
    const outside = outsideOf(known, { from: time.startsAt.getTime(), to: time.endsAt.getTime() })
    const taken = standing.get(time) ?? null
    const isClosed = outside === 'holiday' || outside === 'absence'
    return { ...about, outside, taken, state: isClosed ? 'skipped' : taken ? 'taken' : 'free' }
  })
}

/** As the contract has it. */
export function told({ on, startsLocal, state, outside, taken }: Occurrence): Occurrence {
  return { on, startsLocal, state, outside, taken }
}
