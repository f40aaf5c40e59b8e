import type { HolidayName } from '#platform/contract/french-holidays.ts'
import type { MessageKey } from '#platform/ui/messages.tsx'

/** What a public holiday is called. */
export const holidayWords = (name: HolidayName): MessageKey => `agenda.holiday.${name}`
