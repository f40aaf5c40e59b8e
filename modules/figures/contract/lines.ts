import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Month } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { Stretch } from './board.ts'
import { FigureName, Scope } from './names.ts'

/** One of those a figure counts or adds up. */
export const FigureLine = z.object({
  id: Id,
  kind: z.enum(['appointment', 'extra', 'payment', 'patient']),
  patient: z.object({ id: Id, name: z.string().nullable() }).nullable(),
  practitioner: z.string(),
  /** By the practice's clock: a day, or a day and a time. */
  onLocal: z.string(),
  /** The act, what an extra fee is for, a title: whatever it is called. */
  label: z.string(),
  status: z.enum(['planned', 'kept', 'cancelled', 'late_cancelled', 'no_show']).nullable(),
  method: z.enum(['card', 'cash', 'cheque', 'transfer', 'health_insurance']).nullable(),
  /** What it adds to the figure; null where it counts as one. */
  cents: Cents.nullable(),
})
export type FigureLine = z.infer<typeof FigureLine>

/** More than anybody reads on one page. */
export const linesShown = 500

/** Which lines, as an address says it. */
export const WhichLines = z.object({
  of: FigureName,
  scope: Scope.optional(),
  /** The stretch of time that the figure is compared with. */
  before: z.enum(['yes']).optional(),
  /** Of `collected_month`: another month. */
  month: Month.optional(),
  /** Of `absences`: those that came out like this. */
  status: z.enum(['cancelled', 'late_cancelled', 'no_show']).optional(),
})
export type WhichLines = z.infer<typeof WhichLines>

export const listFigureLines = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/board/lines',
  may: 'cabinet.read',
  summary: 'Exactly those rows that a figure of the dashboard counts or adds up; of many the latest 500',
  input: { query: WhichLines },
  output: z.object({
    of: FigureName,
    scope: Scope,
    stretch: Stretch.nullable(),
    /** Cents where the figure is money; else how many. */
    total: z.int(),
    /** Whom or what the lines are of, where the figure is about one: a patient, an origin. */
    about: z.string().nullable(),
    /** How many lines there are. */
    count: z.int(),
    /** The latest ones, `linesShown` at most. */
    rows: z.array(FigureLine),
  }),
  refreshedBy: ['agenda', 'patients', 'fees', 'practice'],
})
