import type { Due } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { dueLook, whatOf } from '../fee-words.ts'

export function dueColumns(t: Translate, formats: Formats): Column<Due>[] {
  return [
    {
      id: 'patient',
      header: t('fees.column.patient'),
      width: 190,
      grow: true,
      cell: (due) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium">{due.patient.name}</span>
          <span className="block truncate text-12 text-ink-muted">
            {whatOf(t, due)}
            {due.feeNote && ` · ${due.feeNote.number}`}
          </span>
        </span>
      ),
    },
    {
      id: 'left',
      header: t('fees.column.left'),
      width: 110,
      align: 'end',
      card: 'aside',
      cell: (due) => (
        <span className="font-medium">
          <Money cents={due.leftCents} />
        </span>
      ),
    },
    { id: 'on', header: t('fees.column.on'), width: 110, cell: (due) => <DateText value={due.on} /> },
    {
      id: 'late',
      header: t('fees.column.late'),
      width: 130,
      importance: 3,
      cell: (due) =>
        due.daysLate === null ? (
          <span className="text-ink-muted">{formats.integer(null)}</span>
        ) : (
          lateWords(t, due.daysLate)
        ),
    },
    {
      id: 'state',
      header: t('fees.column.state'),
      width: 140,
      importance: 2,
      cell: (due) => {
        const { word, tone } = dueLook(due)
        return <Badge tone={tone}>{t(word)}</Badge>
      },
    },
    {
      id: 'due',
      header: t('fees.column.due'),
      width: 100,
      align: 'end',
      importance: 4,
      card: 'none',
      cell: (due) => <Money cents={due.dueCents} />,
    },
    {
      id: 'paid',
      header: t('fees.column.paid'),
      width: 100,
      align: 'end',
      importance: 4,
      card: 'none',
      cell: (due) => <Money cents={due.paidCents} />,
    },
    {
      id: 'practitioner',
      header: t('fees.column.practitioner'),
      width: 160,
      importance: 5,
      optional: true,
      cell: (due) => due.practitioner.name,
    },
  ]
}

/** Days while one counts them, then months, then years: nobody reads 1 460 days. */
function lateWords(t: Translate, days: number): string {
  if (days < 60) return t('fees.due.late', { days })
  if (days < 365) return t('fees.due.late.months', { months: Math.floor(days / 30.5) })
  return t('fees.due.late.years', { years: Math.floor(days / 365.25) || 1 })
}
