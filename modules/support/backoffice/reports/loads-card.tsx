import { type LoadKind, type Report, type ReportLoad, type Span, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { type MessageKey, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CsvLink } from './csv-link.tsx'
import { FigureLink } from './figure-link.tsx'
import { type FigureColumn, FiguresTable } from './figures-table.tsx'
import { shareOf } from './times.ts'

/** Whose, or of what, the tickets of the period were, the most first. */
export function LoadsCard({ kind, report }: { kind: LoadKind; report: Report }) {
  const t = useMessages()
  const title = t(`support.report.${kind}`)
  const lines = report.loads[kind]
  const columns = useColumns(kind, report.span)
  return (
    <Card title={title} actions={<CsvLink table={kind} span={report.span} title={title} />}>
      {lines.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('support.report.none')}</p>
      ) : (
        <FiguresTable
          label={title}
          heading={t(headings[kind])}
          rows={lines}
          rowId={({ key }) => key ?? 'none'}
          name={(line) => <LoadName kind={kind} line={line} />}
          columns={columns}
        />
      )}
    </Card>
  )
}

const headings: Record<LoadKind, MessageKey> = {
  agents: 'support.column.assignee',
  teams: 'support.column.team',
  topics: 'support.column.topic',
  policies: 'support.chip.policy',
}

function LoadName({ kind, line }: { kind: LoadKind; line: ReportLoad }) {
  const t = useMessages()
  const { topic } = ticketsOf.part(kind, line.key)
  if (topic) return t(`support.topic.${topic}`)
  if (line.key === null) return <span className="text-ink-muted">{t(`support.report.${kind}.none`)}</span>
  return <span lang="fr">{line.name}</span>
}

function useColumns(kind: LoadKind, span: Span): FigureColumn<ReportLoad>[] {
  const t = useMessages()
  const formats = useFormats()
  const part = ({ key }: ReportLoad) => ticketsOf.part(kind, key)
  const count = (name: 'opened' | 'resolved' | 'open') => (line: ReportLoad) => (
    <FigureLink count={line[name]} tickets={{ ...ticketsOf[name](span), ...part(line) }} />
  )
  return [
    { id: 'opened', heading: t('support.report.opened'), cell: count('opened') },
    { id: 'resolved', heading: t('support.report.resolved'), cell: count('resolved') },
    { id: 'open', heading: t('support.report.column.open'), cell: count('open') },
    {
      id: 'first',
      heading: t('support.report.column.first'),
      cell: (line) => (
        <FigureLink
          count={line.firstKept}
          tickets={{ ...ticketsOf.opened(span), ...part(line), kept: 'firstResponse' }}
          shown={formats.share(shareOf(line.firstKept, line.firstKept + line.firstMissed))}
        />
      ),
    },
    {
      id: 'resolution',
      heading: t('support.report.column.resolution'),
      cell: (line) => (
        <FigureLink
          count={line.resolutionKept}
          tickets={{ ...ticketsOf.resolved(span), ...part(line), kept: 'resolution' }}
          shown={formats.share(shareOf(line.resolutionKept, line.resolutionKept + line.resolutionMissed))}
        />
      ),
    },
  ]
}
