import type { Job } from '#platform/contract/jobs.ts'

/** The file a copy was written to, for `downloadFile`; null until it is there. */
export function copiedFile({ result }: Pick<Job, 'result'>): string | null {
  const file = result?.['fileId']
  return typeof file === 'string' ? file : null
}
