import { type LoadKind, type Report, type ReportLoad, type ReportTickets, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { type MessageKey, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CsvLink } from './csv-link.tsx'
import { FigureLink } from './figure-link.tsx'
import { shareOf } from './times.ts'

/** Who, or what, the tickets of the period were, the most first. */
export function LoadsCard({ kind, report }: { kind: LoadKind; report: Report }) {
  const t = useMessages()
  const title = t(`support.report.${kind}`)
  const lines = report.loads[kind]
  return (
    <Card title={title} actions={<CsvLink table={kind} span={report.span} title={title} />}>
      {lines.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('support.report.none')}</p>
      ) : (
        <div className="overflow-x-auto" role="group" aria-label={title} tabIndex={0}>
          <table aria-label={title} className="w-full border-separate border-spacing-0 text-13">
            <thead>
              <tr>
                <th scope="col" className={textHead}>
                  {t(headings[kind])}
                </th>
                {(['opened', 'resolved', 'column.open', 'column.first', 'column.resolution'] as const).map((one) => (
                  <th key={one} scope="col" className={numberHead}>
                    {t(`support.report.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <LoadLine key={line.key} kind={kind} line={line} span={report.span} />
              ))}
            </tbody>
          </table>
        </div>
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

type LineProps = { kind: LoadKind; line: ReportLoad; span: Report['span'] }

function LoadLine({ kind, line, span }: LineProps) {
  const t = useMessages()
  const formats = useFormats()
  const part = ticketsOf.part(kind, line.key)
  const opened: ReportTickets = { ...ticketsOf.opened(span), ...part }
  const resolved: ReportTickets = { ...ticketsOf.resolved(span), ...part }
  const topic = kind === 'topics' ? part.topic : undefined
  return (
    <tr>
      <th scope="row" className={rowHead}>
        {line.key === null ? (
          <span className="text-ink-muted">{t(`support.report.${kind}.none`)}</span>
        ) : (
          <span {...(kind !== 'topics' && { lang: 'fr' })}>{topic ? t(`support.topic.${topic}`) : line.name}</span>
        )}
      </th>
      <td className={numberCell}>
        <FigureLink count={line.opened} tickets={opened} />
      </td>
      <td className={numberCell}>
        <FigureLink count={line.resolved} tickets={resolved} />
      </td>
      <td className={numberCell}>
        <FigureLink count={line.open} tickets={{ ...ticketsOf.open(span), ...part }} />
      </td>
      <td className={numberCell}>
        <FigureLink
          count={line.firstKept}
          tickets={{ ...opened, kept: 'firstResponse' }}
          shown={formats.share(shareOf(line.firstKept, line.firstKept + line.firstMissed))}
        />
      </td>
      <td className={numberCell}>
        <FigureLink
          count={line.resolutionKept}
          tickets={{ ...resolved, kept: 'resolution' }}
          shown={formats.share(shareOf(line.resolutionKept, line.resolutionKept + line.resolutionMissed))}
        />
      </td>
    </tr>
  )
}
