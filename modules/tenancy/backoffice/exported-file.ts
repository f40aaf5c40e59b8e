import type { Job } from '#platform/contract/jobs.ts'

/** Which practice it is of: what tells one export from another in the tray. */
export function exportedWhat({ result }: Pick<Job, 'result'>): string | null {
  const name = result?.['name']
  return typeof name === 'string' ? name : null
}
