import type { Job } from '#platform/contract/jobs.ts'
import type { Translate } from '#platform/ui/messages.tsx'

/** In the tray: which of several it was. */
export function exportedWhat({ result }: Pick<Job, 'result'>, t: Translate): string | null {
  if (result?.['cancelled'] === true) return t('sql.export.job.cancelled')
  const format = result?.['format']
  const count = result?.['rows']
  if ((format !== 'csv' && format !== 'xlsx') || typeof count !== 'number') return null
  return t('sql.export.job.done', { format: t(`sql.export.format.${format}`), count })
}
