import type { Job } from '#platform/contract/jobs.ts'
import type { Translate } from '#platform/ui/messages.tsx'

/** Which of several exports it was: « Classeur Excel (XLSX) · 1 200 clients ». */
export function exportedWhat({ result }: Pick<Job, 'result'>, t: Translate): string | null {
  const format = result?.['format']
  const count = result?.['rows']
  if ((format !== 'csv' && format !== 'xlsx') || typeof count !== 'number') return null
  return `${t(`clients.export.${format}`)} · ${t('clients.export.count', { count })}`
}
