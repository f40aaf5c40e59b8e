import { z } from 'zod'

/**
 * Every figure by its name, with what it takes to see it and whether it adds up money. What is counted:
 * - `today`            appointments of the day that were not cancelled
 * - `appointments`     appointments of the month, held or to be held
 * - `absences`         of the month: cancelled, cancelled too late, or nobody came
 * - `new_patients`     whose file was opened this month, up to today
 * - `followed`         who came within the last six months, or will within the next six
 * - `patients`         all of them, but for those in the trash
 * - `most_consulted`   sessions held within the last twelve months of who came most often
 * - `origin`           patients who came from where most of them came from
 * - `collected_…`      payments received, refunds deducted, by the day they were received
 * - `to_collect`       owed since this month, or on a fee note issued this month, and not paid
 * - `forecast`         fees of appointments to come, not yet paid
 */
export const figures = {
  today: { needs: 'agenda.read', money: false },
  appointments: { needs: 'agenda.read', money: false },
  absences: { needs: 'agenda.read', money: false },
  new_patients: { needs: 'patients.read', money: false },
  patients: { needs: 'patients.read', money: false },
  followed: { needs: 'figures.read', money: false },
  most_consulted: { needs: 'figures.read', money: false },
  origin: { needs: 'figures.read', money: false },
  collected_day: { needs: 'figures.read', money: true },
  collected_week: { needs: 'figures.read', money: true },
  collected_month: { needs: 'figures.read', money: true },
  to_collect: { needs: 'figures.read', money: true },
  forecast: { needs: 'figures.read', money: true },
} as const satisfies Record<string, { needs: string; money: boolean }>

export type FigureName = keyof typeof figures
export const figureNames = Object.keys(figures) as [FigureName, ...FigureName[]] // there is at least one
export const FigureName = z.enum(figureNames)

/** Those that are compared with the stretch of time before. */
export const compared = [
  'appointments',
  'new_patients',
  'collected_day',
  'collected_week',
  'collected_month',
] as const satisfies readonly FigureName[]

/** Those that count the whole practice, whoever asks: people are followed by a practice. */
export const ofThePractice: readonly FigureName[] = [
  'new_patients',
  'patients',
  'followed',
  'most_consulted',
  'origin',
]

/** Of oneself alone, or of everybody in the practice. */
export const scopes = ['own', 'practice'] as const
export const Scope = z.enum(scopes)
export type Scope = z.infer<typeof Scope>
