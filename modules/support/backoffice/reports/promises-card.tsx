import { type Report, type ReportSummary, targetNames, type TargetName, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CsvLink } from './csv-link.tsx'
import { FigureLink } from './figure-link.tsx'
import { type FigureColumn, FiguresTable } from './figures-table.tsx'
import { shareOf, timeInWords } from './times.ts'

/** What was promised, and how it was kept. */
export function PromisesCard({ report }: { report: Report }) {
  const t = useMessages()
  const title = t('support.report.promises')
  return (
    <Card title={title} actions={<CsvLink table="summary" span={report.span} title={title} />}>
      <p className="mb-2 text-12 text-ink-muted">{t('support.report.promises.help')}</p>
      <FiguresTable
        label={title}
        heading={t('support.report.column.target')}
        rows={targetNames}
        rowId={(target) => target}
        name={(target) => t(`support.target.${target}`)}
        columns={useColumns(report)}
      />
    </Card>
  )
}

function useColumns({ summary, earlier, span }: Report): FigureColumn<TargetName>[] {
  const t = useMessages()
  const formats = useFormats()
  const of = (target: TargetName) => summary.promises[target]
  const share = ({ kept, missed }: ReportSummary['promises'][TargetName]) =>
    formats.share(shareOf(kept, kept + missed))
  const figure = (what: 'measured' | 'kept' | 'missed', shown?: (target: TargetName) => string) =>
    function Figure(target: TargetName) {
      const tickets = { ...ticketsOf.promised(target, span), [what]: target }
      return (
        <FigureLink count={of(target)[what]} tickets={tickets} {...(shown && { shown: shown(target) })} />
      )
    }
  const time = (what: 'medianSeconds' | 'p90Seconds') =>
    figure('measured', (target) => timeInWords(of(target)[what], t))
  return [
    { id: 'measured', heading: t('support.report.column.measured'), cell: figure('measured') },
    { id: 'median', heading: t('support.report.column.median'), cell: time('medianSeconds') },
    { id: 'p90', heading: t('support.report.column.p90'), cell: time('p90Seconds') },
    { id: 'kept', heading: t('support.report.column.kept'), cell: figure('kept') },
    { id: 'missed', heading: t('support.report.column.missed'), cell: figure('missed') },
    {
      id: 'share',
      heading: t('support.report.column.share'),
      cell: figure('kept', (target) => share(of(target))),
      strong: true,
    },
    {
      id: 'before',
      heading: t('support.report.column.before'),
      cell: (target) => <span className="text-ink-muted">{share(earlier.promises[target])}</span>,
    },
  ]
}
