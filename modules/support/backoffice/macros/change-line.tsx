/** One field as it is, and as it will be. */
import { ArrowRight } from 'lucide-react'
import type { MacroOutcome, Priority, TicketStatus } from '#contract/support'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'

type Change = MacroOutcome['changes'][number]
type Field = 'priority' | 'topic' | 'progress' | 'tags' | 'assignee' | 'waiting' | 'snoozedUntil' | 'status'

export function ChangeLine({ change: { field, before, after } }: { change: Change }) {
  const t = useMessages()
  const formats = useFormats()
  const name = field as Field // as the outcome names them
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-3 py-1.5 text-13">
      <span className="w-28 shrink-0 text-ink-muted">{t(`support.macro.field.${name}`)}</span>
      <span className="text-ink-muted line-through">{valueText(name, before, t, formats)}</span>
      <ArrowRight aria-hidden size={14} className="shrink-0 text-ink-faint" />
      <span className="font-medium wrap-anywhere">{valueText(name, after, t, formats)}</span>
    </li>
  )
}

function valueText(field: Field, value: string | null, t: Translate, formats: Formats): string {
  if (field === 'waiting') return t(value === 'yes' ? 'support.macro.yes' : 'support.macro.no')
  if (value === null) return field === 'assignee' ? t('support.macro.nobody') : MISSING
  switch (field) {
    case 'priority':
      return t(`support.priority.${value as Priority}`)
    case 'status':
      return t(`support.status.${value as TicketStatus}`)
    case 'topic':
      return t(`support.topic.${value as 'other'}`)
    case 'progress':
      return formats.percent(Number(value) / 100)
    case 'snoozedUntil':
      return formats.dayTime(value)
    default:
      return value
  }
}
