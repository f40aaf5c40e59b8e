import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Bucket, Unit } from './buckets.ts'

/** When a bucket was, in full and as short as an axis wants it. */
export function useBucketWords(unit: Unit) {
  const t = useMessages()
  const formats = useFormats()
  return {
    full: ({ from, until }: Bucket) =>
      from === until
        ? formats.exact(from)
        : unit === 'month' && from.endsWith('-01')
          ? formats.month(from)
          : t('support.report.span', { from: formats.day(from), until: formats.day(until) }),
    short: ({ from }: Bucket) =>
      unit === 'month' ? formats.shortMonth(from) : formats.day(from).slice(0, 5),
  }
}
