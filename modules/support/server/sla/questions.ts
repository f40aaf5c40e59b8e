/** The clock for who wants to try it by hand, or with examples of their own: questions in the published examples' shape. */
import { z } from 'zod'
import { Calendar } from '#contract/support'
import { dueAt, elapsedSeconds, UnreachableDueDate, type Instant, type Pause } from './clock.ts'

/** The year says enough: beyond, no windows are worked out. */
const Moment = z.iso
  .datetime({ offset: true, abort: true })
  .refine((said) => /^(19|20|21)/.test(said), { params: { code: 'date_out_of_range' }, abort: true })
  .transform((said): Instant => Date.parse(said))

const PauseTold = z
  .tuple([Moment, Moment], { error: 'pause_wrong' })
  .refine(([from, until]) => from <= until, { params: { code: 'pause_reversed' } })
  .transform(([from, until]): Pause => ({ from, until }))

// What an example holds besides (its id, its source, what is expected) is nobody's mistake.
const question = { calendar: Calendar, start: Moment, pauses: z.array(PauseTold).max(100_000).default([]) }

/** As the examples write instants: `2013-06-04T16:00:00Z`, with a fraction only where there is one. */
export const written = (instant: Instant) => new Date(instant).toISOString().replace('.000Z', 'Z')

/** Parsed, each is its own answer; what cannot be answered is a problem of a field. */
export const slaQuestions = {
  due: z
    .object({ ...question, minutes: z.number().min(0) })
    .transform(({ calendar, start, minutes, pauses }, { addIssue }) => {
      try {
        return { due: written(dueAt(calendar, start, minutes, pauses)) }
      } catch (error) {
        if (!(error instanceof UnreachableDueDate)) throw error
        addIssue({ code: 'custom', path: ['minutes'], params: { code: 'due_unreachable' } })
        return z.NEVER
      }
    }),
  elapsed: z.object({ ...question, end: Moment }).transform(({ calendar, start, end, pauses }) => ({
    seconds: elapsedSeconds(calendar, start, end, pauses),
  })),
} as const
