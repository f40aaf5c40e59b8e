/** The practice's own rules: which days are holidays, and what an appointment that did not take place costs. */
import { z } from 'zod'
import { practiceChanged } from '#contract/cabinet'
import { endpoint } from '#platform/contract/endpoint.ts'
import { territories } from '#platform/contract/french-holidays.ts'
import { Revision } from '#platform/contract/ids.ts'

export const AgendaRules = z.object({
  /** Of the practice: its name and these rules share it. */
  revision: Revision,
  holidays: z.enum(territories),
  /** Cancelled later than that before it begins is too late. */
  lateWindowHours: z.int().min(0).max(336),
  lateSharePercent: z.int().min(0).max(100),
  noShowSharePercent: z.int().min(0).max(100),
})
export type AgendaRules = z.infer<typeof AgendaRules>

export const getAgendaRules = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/agenda/rules',
  may: 'agenda.read',
  summary: 'Whose public holidays the practice keeps, and what late cancellations and no-shows cost',
  output: AgendaRules,
  refreshedBy: ['agenda_settings', 'practice'],
})

export const setAgendaRules = endpoint({
  realm: 'member',
  method: 'PUT',
  path: '/agenda/rules',
  may: 'agenda.settings',
  stepUp: false,
  records: 'agenda_rules.changed',
  about: 'practice',
  summary: 'Sets them; what was marked before stays as it was marked',
  input: { body: AgendaRules },
  output: AgendaRules,
  refusals: [practiceChanged],
  touches: ['agenda_settings', 'practice'],
})

/**
 * What a share of a fee comes to.
 * @param feeCents cents
 * @param percent 0 to 100
 * @returns cents, rounded half up
 */
export const shareOf = (feeCents: number, percent: number): number =>
  Math.floor((feeCents * percent + 50) / 100)
