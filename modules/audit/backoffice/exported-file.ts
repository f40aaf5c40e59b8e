import type { Job } from '#platform/contract/jobs.ts'
import type { Translate } from '#platform/ui/messages.tsx'

/** Which of several exports it was: « JSON avec preuves · 1 200 entrées ». */
export function exportedWhat({ result }: Pick<Job, 'result'>, t: Translate): string | null {
  const format = result?.['format']
  const count = result?.['rows']
  if ((format !== 'csv' && format !== 'json') || typeof count !== 'number') return null
  return `${t(`audit.export.${format}`)} · ${t('audit.export.count', { count })}`
}

/** What a verification found: « Intact · 12 345 entrées », or how much is wrong. */
export function verifiedWhat({ result }: Pick<Job, 'result'>, t: Translate): string | null {
  const entries = result?.['entries']
  const findings = result?.['findings']
  if (typeof entries !== 'number' || typeof findings !== 'number') return null
  return t('audit.verification.outcome', { entries, findings })
}
