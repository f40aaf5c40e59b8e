import { type HolidayName, holidayNames } from '#platform/contract/french-holidays.ts'
import type { Translate } from '#platform/ui/messages.tsx'

const known: ReadonlySet<string> = new Set(holidayNames)

/** What a calendar calls a day: a public holiday in the reader's language, anything else as it was written. */
export const dayName = (name: string, t: Translate): string =>
  known.has(name) ? t(`support.sla.holiday.${name as HolidayName}`) : name // it is one of them
