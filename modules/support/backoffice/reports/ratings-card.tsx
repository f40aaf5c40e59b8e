import { type Report, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { numberCell, rowHead } from '#platform/ui/figure-table.ts'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ticketTo } from '../addresses.ts'
import { CsvLink } from './csv-link.tsx'
import { FigureLink } from './figure-link.tsx'
import { shareOf, sumOf } from './times.ts'

const scores = ['5', '4', '3', '2', '1'] as const

/** How often each score was given, and what was written beside it. */
export function RatingsCard({ report }: { report: Report }) {
  const t = useMessages()
  const title = t('support.report.ratings')
  const given = sumOf(report.summary.ratings.byScore)
  return (
    <Card title={title} actions={<CsvLink table="ratings" span={report.span} title={title} />}>
      {given === 0 ? (
        <p className="text-13 text-ink-muted">{t('support.report.ratings.none')}</p>
      ) : (
        <>
          <Scores report={report} label={title} />
          <h3 className="mt-4 mb-1 text-13 font-semibold">{t('support.report.comments')}</h3>
          <Comments comments={report.comments} />
        </>
      )}
    </Card>
  )
}

function Scores({ report, label }: { report: Report; label: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { byScore } = report.summary.ratings
  const most = Math.max(...byScore)
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-13">
      <tbody>
        {scores.map((score) => {
          const count = byScore[Number(score) - 1] ?? 0
          return (
            <tr key={score}>
              <th scope="row" className={`${rowHead} w-24`}>
                {t('support.report.score', { score: Number(score) })}
              </th>
              <td aria-hidden className="h-8 border-b border-line">
                <div
                  className="h-3 rounded-small"
                  style={{ width: `${(count / most) * 100}%`, backgroundColor: 'var(--chart-1)' }}
                />
              </td>
              <td className={`${numberCell} w-14`}>
                <FigureLink count={count} tickets={{ ...ticketsOf.rated(report.span), score }} />
              </td>
              <td className={`${numberCell} w-16 text-ink-muted`}>
                {formats.share(shareOf(count, sumOf(byScore)))}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Comments({ comments }: { comments: Report['comments'] }) {
  const t = useMessages()
  if (comments.length === 0)
    return <p className="text-13 text-ink-muted">{t('support.report.comments.none')}</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard too
    <ul className="max-h-96 overflow-y-auto" tabIndex={0} aria-label={t('support.report.comments')}>
      {comments.map(({ ticket, score, comment, ratedAt }) => (
        <li key={ticket.id} className="border-b border-line py-2 text-13">
          <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-ink-muted">
            <span className="font-medium text-ink">{t('support.report.score', { score })}</span>
            <Link
              to={ticketTo(ticket.id)}
              className="min-w-0 truncate rounded-small leading-6 hover:underline"
            >
              #{ticket.number} <span lang="fr">{ticket.subject}</span>
            </Link>
            <DateText value={ratedAt} show="relative" />
          </p>
          <p lang="fr" className="break-words whitespace-pre-line">
            {comment}
          </p>
        </li>
      ))}
    </ul>
  )
}
