import type { FigureName, WhichLines } from '#contract/figures'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** Where the lines of a figure are. */
export const linesTo = (of: FigureName, more: Omit<WhichLines, 'of'> = {}) =>
  `/figures${stringifySearch({ of, ...more })}`

/** Where an appointment stands in the calendar, open. */
export const appointmentTo = (id: string, startsLocal: string) =>
  `/agenda?on=${startsLocal.slice(0, 10)}&appointment=${id}`
