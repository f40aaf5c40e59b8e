import type { Reach } from '#contract/reminders'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

const names = ['call-back', 'confirmed', 'move', 'late'] as const

/** Ready words with what is known filled in; those that speak of an appointment need one. */
export function useTemplates({ practice, nextLocal }: Reach) {
  const t = useMessages()
  const formats = useFormats()
  const values = {
    practice: practice.name,
    phone: practice.phone,
    day: nextLocal ? formats.day(nextLocal.slice(0, 10)) : '',
    time: nextLocal?.slice(11) ?? '',
  }
  return names
    .filter((name) => nextLocal !== null || (name !== 'confirmed' && name !== 'move'))
    .filter((name) => practice.phone !== '' || (name !== 'call-back' && name !== 'move'))
    .map((name) => ({
      name,
      label: t(`reminders.template.${name}`),
      text: t(`reminders.template.${name}.text`, values),
    }))
}
