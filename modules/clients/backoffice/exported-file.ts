import type { Job } from '#platform/contract/jobs.ts'

/** The file an export made, for `downloadFile`; null until it is there. */
export function exportedFile({ result }: Pick<Job, 'result'>): string | null {
  const file = result?.['fileId']
  return typeof file === 'string' ? file : null
}
