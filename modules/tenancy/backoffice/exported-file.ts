import type { Job } from '#platform/contract/jobs.ts'

/** The file a practice was written to, for `downloadFile`; null until it is there. */
export function exportedFile({ result }: Pick<Job, 'result'>): string | null {
  const file = result?.['fileId']
  return typeof file === 'string' ? file : null
}

/** Which practice it is of: what tells one export from another in the tray. */
export function exportedWhat({ result }: Pick<Job, 'result'>): string | null {
  const name = result?.['name']
  return typeof name === 'string' ? name : null
}
