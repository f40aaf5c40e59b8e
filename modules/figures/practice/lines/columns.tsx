import { figures, type FigureLine, type FigureName, type Scope } from '#contract/figures'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/columns.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useDates } from '../dates.ts'

const tones: Record<NonNullable<FigureLine['status']>, Tone> = {
  planned: 'info',
  kept: 'success',
  cancelled: 'neutral',
  late_cancelled: 'warning',
  no_show: 'danger',
}

/** Who, when, what for, how it came out and how much: of these, what such lines have. */
export function useLineColumns(of: FigureName, scope: Scope): Column<FigureLine>[] {
  const t = useMessages()
  const dates = useDates()
  const { money } = figures[of]
  const isOfPayments = of.startsWith('collected')
  const isOfPatients = of === 'patients' || of === 'new_patients' || of === 'followed' || of === 'origin'
  return [
    {
      id: 'who',
      header: t('figures.column.who'),
      width: 200,
      grow: true,
      card: 'title',
      cell: ({ patient, label }) => (
        <span className="block truncate font-medium">
          {patient ? (patient.name ?? t('figures.a-patient')) : label}
        </span>
      ),
    },
    {
      id: 'when',
      header: t(
        isOfPatients
          ? 'figures.column.opened'
          : isOfPayments
            ? 'figures.column.received'
            : 'figures.column.when',
      ),
      width: 200,
      cell: ({ onLocal }) => (
        <span className="whitespace-nowrap tabular-nums">
          {dates.dated(onLocal)} {dates.time(onLocal)}
        </span>
      ),
    },
    {
      id: 'what',
      header: t(
        isOfPatients
          ? 'figures.column.origin'
          : isOfPayments
            ? 'figures.column.reference'
            : 'figures.column.what',
      ),
      width: 220,
      importance: 3,
      cell: ({ label }) => label || MISSING,
    },
    ...(scope === 'practice' || isOfPatients
      ? [
          {
            id: 'practitioner',
            header: t('figures.column.practitioner'),
            width: 160,
            importance: 4 as const,
            cell: ({ practitioner }: FigureLine) => practitioner,
          },
        ]
      : []),
    ...(isOfPayments
      ? [
          {
            id: 'method',
            header: t('figures.column.method'),
            width: 150,
            importance: 3 as const,
            cell: ({ method }: FigureLine) => (method ? t(`figures.method.${method}`) : MISSING),
          },
        ]
      : []),
    ...(!isOfPayments && !isOfPatients
      ? [
          {
            id: 'status',
            header: t('figures.column.status'),
            width: 170,
            card: 'aside' as const,
            cell: ({ status }: FigureLine) =>
              status ? <Badge tone={tones[status]}>{t(`figures.status.${status}`)}</Badge> : MISSING,
          },
        ]
      : []),
    ...(money
      ? [
          {
            id: 'amount',
            header: t('figures.column.amount'),
            width: 110,
            align: 'end' as const,
            cell: ({ cents }: FigureLine) => <Money cents={cents} />,
          },
        ]
      : []),
  ]
}
