import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import { useGo } from '#platform/ui/link.tsx'
import { type MessageKey, type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { logTo } from '../addresses.ts'
import { actorInWords, objectInWords, verbInWords } from '../words.ts'
import { type ChangeFilters, isButSeen, type LogFilters } from './log-state.ts'

type FilterChipsProps = { filters: LogFilters; change: ChangeFilters; nameOf: (id: string) => string }

/** Every filter at work, also those that came with a link from elsewhere, each with its way out. */
export function FilterChips({ filters, change, nameOf }: FilterChipsProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const chips = chipsOf(filters, nameOf, t, formats)
  if (chips.length === 0) return null
  return (
    <ul aria-label={t('audit.filters')} className="order-last flex basis-full flex-wrap items-center gap-1.5">
      {chips.map(({ label, value, without }) => (
        <li key={`${label} ${value}`} className="max-w-full">
          <Chip label={label} value={value} onRemove={() => change(without)} />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button variant="ghost" size="small" onClick={() => go(logTo({ q: filters.q }))}>
            {t('audit.filters.clear')}
          </Button>
        </li>
      )}
    </ul>
  )
}

type ChipOf = { label: string; value: string; without: Partial<LogFilters> }

function chipsOf(
  { verb = [], result = [], ...filters }: LogFilters,
  nameOf: (id: string) => string,
  t: Translate,
  formats: Formats,
): ChipOf[] {
  const one = (
    name: 'person' | 'actor' | 'subject' | 'objectType' | 'object' | 'from' | 'to' | 'ip',
    label: string,
    inWords: (value: string) => string,
  ): ChipOf[] => {
    const value = filters[name]
    return value === undefined ? [] : [{ label, value: inWords(value), without: { [name]: undefined } }]
  }
  const moment = (value: string) => (value.length === 10 ? formats.day(value) : formats.instant(value))
  return [
    ...one('person', filterInWords('person', t), nameOf),
    ...one('actor', filterInWords('actor', t), (actor) => actorInWords(nameOf(actor), t)),
    ...one('subject', filterInWords('subject', t), nameOf),
    ...verb.map((value) => ({
      label: t('audit.verb'),
      value: verbInWords(value, t),
      without: { verb: verb.filter((other) => other !== value) },
    })),
    ...(filters.object === undefined
      ? one('objectType', filterInWords('objectType', t), (type) => objectInWords(type, t))
      : one('object', objectLabel(filters, nameOf, t), nameOf)),
    ...(isButSeen(result)
      ? [{ label: t('audit.result'), value: t('audit.filters.seen.chip'), without: { result: [] } }]
      : result.map((value) => ({
          label: t('audit.result'),
          value: t(`audit.result.${value}`),
          without: { result: result.filter((other) => other !== value) },
        }))),
    ...one('from', filterInWords('from', t), moment),
    ...one('to', filterInWords('to', t), moment),
    ...one('ip', filterInWords('ip', t), (ip) => ip),
  ]
}

/** « Rôle : Auditeur »; a name that begins with the kind needs it no second time. */
function objectLabel({ objectType, object = '' }: LogFilters, nameOf: (id: string) => string, t: Translate) {
  if (objectType === undefined) return t('audit.which')
  const type = objectInWords(objectType, t)
  return nameOf(object).startsWith(type) ? t('audit.object') : type
}

const labels = {
  q: 'audit.search',
  person: 'audit.person',
  actor: 'audit.actor',
  subject: 'audit.filters.subject',
  verb: 'audit.verb',
  objectType: 'audit.object',
  object: 'audit.which',
  result: 'audit.result',
  from: 'audit.period.from',
  to: 'audit.period.to',
  ip: 'audit.ip',
} as const satisfies Record<keyof LogFilters, MessageKey>

/** What a filter is called; one nobody has put into words yet names itself. */
export function filterInWords(filter: string, t: Translate): string {
  return filter in labels ? t(labels[filter as keyof LogFilters]) : filter // asked for just before
}
