import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, Month } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { Arrangement } from './arranging.ts'
import { Scope } from './names.ts'

const Count = z.int().min(0)

/** A stretch of days, both included. */
export const Stretch = z.object({ from: Day, to: Day })
export type Stretch = z.infer<typeof Stretch>

/** What is counted, and the same of the stretch before; of nothing no change can be told. */
const Compared = z.object({ value: z.int(), of: Stretch, before: z.int(), beforeOf: Stretch })
export type Compared = z.infer<typeof Compared>

/** Nobody's name where somebody may not read patients. */
const Named = z.object({ id: Id, name: z.string().nullable() })

export const Upcoming = z.object({
  id: Id,
  patient: Named.nullable(),
  title: z.string(),
  /** By the practice's clock. */
  startsLocal: z.string(),
  endsLocal: z.string(),
  act: z.string(),
  place: z.enum(['office', 'video', 'phone', 'home']),
  practitioner: z.string(),
})
export type Upcoming = z.infer<typeof Upcoming>

/** What somebody may not see is null. */
export const Board = z.object({
  asOf: Instant,
  timeZone: z.string(),
  /** The practice's own clock as this was counted, `2026-11-23T14:32`, and its day. */
  nowLocal: z.string(),
  today: Day,
  scope: Scope,
  /** Several people receive patients here, the asking one among them: there is a choice of scope. */
  mayChooseScope: z.boolean(),

  agenda: z
    .object({
      today: Count,
      /** Not over yet, the soonest first. */
      next: z.array(Upcoming),
      appointments: Compared,
      absences: z.object({
        count: Count,
        cancelled: Count,
        lateCancelled: Count,
        noShow: Count,
        /** All appointments of the month, these among them: what the share is a part of. */
        outOf: Count,
      }),
    })
    .nullable(),
  patients: z.object({ all: Count, fresh: Compared }).nullable(),
  people: z
    .object({
      followed: Count,
      mostConsulted: Named.extend({ sessions: Count }).nullable(),
      origin: z.object({ id: Id, name: z.string(), patients: Count }).nullable(),
    })
    .nullable(),
  money: z
    .object({
      day: Compared,
      week: Compared,
      month: Compared,
      toCollect: z.object({ cents: Cents, count: Count }),
      forecast: z.object({ cents: Cents, count: Count }),
      /** The running month and the eleven before it, the oldest first. */
      months: z.array(z.object({ month: Month, cents: Cents })),
    })
    .nullable(),
  arrangement: Arrangement.nullable(),
})
export type Board = z.infer<typeof Board>

export const getBoard = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/board',
  may: 'cabinet.read',
  summary: 'Every figure of the practice’s dashboard that the asking member may see',
  input: {
    query: z.object({
      /** Unless told: one’s own where one receives patients, else the practice’s. */
      scope: Scope.optional(),
    }),
  },
  output: Board,
  refreshedBy: ['agenda', 'patients', 'fees', 'practice', 'practice_figures'],
})
