import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** Some figures are known of today only: under a month that is over they say their day, « Clients par statut au 21/11/2026 ». */
export function useToday({ monthIsOver, today }: Dashboard): (what: string) => string {
  const t = useMessages()
  const formats = useFormats()
  return (what) => (monthIsOver ? t('dashboard.of-today', { what, day: formats.day(today) }) : what)
}
