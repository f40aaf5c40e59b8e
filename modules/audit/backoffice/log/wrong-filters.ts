/** Filters no schema can judge, judged here before anything is asked: a search that cannot be answered leaves no trace. */
import type { Translate } from '#platform/ui/messages.tsx'
import type { LogFilters } from './log-state.ts'

/** What is wrong, in words, by the filter it is wrong with. */
export type WrongFilters = Readonly<Record<string, string>>

export function wrongIn(filters: LogFilters, t: Translate): WrongFilters {
  return {
    ...(filters.ip !== undefined && !isAddress(filters.ip) && { ip: t('fields.ip_wrong') }),
    ...(isReversed(filters) && { to: t('fields.period_reversed') }),
  }
}

/** As the server reads them: four decimals, or IPv6 in any spelling, with or without a zone. */
export function isAddress(text: string): boolean {
  if (!text.includes(':')) {
    const parts = text.split('.')
    return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  }
  const [address = ''] = text.split('%')
  return /^[\da-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]/`)
}

/** Of two days or two instants; a day against an instant is the server's to judge, which knows where days begin. */
export function isReversed({ from, to }: Pick<LogFilters, 'from' | 'to'>): boolean {
  if (!from || !to || (from.length === 10) !== (to.length === 10)) return false
  return from.length === 10 ? from > to : Date.parse(from) >= Date.parse(to)
}
