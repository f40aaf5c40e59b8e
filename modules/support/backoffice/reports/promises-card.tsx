import { type Report, type ReportSummary, type Span, targetNames, type TargetName, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { CsvLink } from './csv-link.tsx'
import { FigureLink } from './figure-link.tsx'
import { shareOf, timeInWords } from './times.ts'

const columns = ['measured', 'median', 'p90', 'kept', 'missed', 'share', 'before'] as const

/** What was promised, and how it was kept. */
export function PromisesCard({ report }: { report: Report }) {
  const t = useMessages()
  const title = t('support.report.promises')
  return (
    <Card title={title} actions={<CsvLink table="summary" span={report.span} title={title} />}>
      <p className="mb-2 text-12 text-ink-muted">{t('support.report.promises.help')}</p>
      <div className="overflow-x-auto" role="group" aria-label={title} tabIndex={0}>
        <table aria-label={title} className="w-full border-separate border-spacing-0 text-13">
          <thead>
            <tr>
              <th scope="col" className={textHead}>
                {t('support.report.column.target')}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className={numberHead}>
                  {t(`support.report.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {targetNames.map((target) => (
              <PromiseLine
                key={target}
                target={target}
                span={report.span}
                now={report.summary.promises[target]}
                then={report.earlier.promises[target]}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

type Promised = ReportSummary['promises'][TargetName]
type LineProps = { target: TargetName; span: Span; now: Promised; then: Promised }

function PromiseLine({ target, span, now, then }: LineProps) {
  const t = useMessages()
  const formats = useFormats()
  const those = ticketsOf.promised(target, span)
  const share = ({ kept, missed }: Promised) => formats.share(shareOf(kept, kept + missed))
  const time = (seconds: number | null) => (
    <FigureLink
      count={now.measured}
      tickets={{ ...those, measured: target }}
      shown={timeInWords(seconds, t)}
    />
  )
  return (
    <tr>
      <th scope="row" className={rowHead}>
        {t(`support.target.${target}`)}
      </th>
      <td className={numberCell}>
        <FigureLink count={now.measured} tickets={{ ...those, measured: target }} />
      </td>
      <td className={numberCell}>{time(now.medianSeconds)}</td>
      <td className={numberCell}>{time(now.p90Seconds)}</td>
      <td className={numberCell}>
        <FigureLink count={now.kept} tickets={{ ...those, kept: target }} />
      </td>
      <td className={numberCell}>
        <FigureLink count={now.missed} tickets={{ ...those, missed: target }} />
      </td>
      <td className={`${numberCell} font-medium`}>
        <FigureLink count={now.kept} tickets={{ ...those, kept: target }} shown={share(now)} />
      </td>
      <td className={`${numberCell} text-ink-muted`}>{share(then)}</td>
    </tr>
  )
}
