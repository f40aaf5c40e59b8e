import { getPractice } from '#contract/cabinet'
import { useEndpoint } from '#platform/ui/data.ts'
import { TIME_ZONE } from '#platform/ui/formats.ts'
import { dateOf, localNow } from '../wall-clock.ts'

/** The practice's day. */
export function useToday(): string {
  const { data } = useEndpoint(getPractice)
  return dateOf(localNow(data?.timeZone ?? TIME_ZONE))
}
