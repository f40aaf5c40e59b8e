import type { Job } from '#platform/contract/jobs.ts'

/** The file a job made, for `downloadFile`; null until it is there. */
export function fileOf({ result }: Pick<Job, 'result'>): string | null {
  const file = result?.['fileId']
  return typeof file === 'string' ? file : null
}
