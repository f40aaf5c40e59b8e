import { isoWeekdays, type Report, ticketsOf } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ticketsTo } from './address.ts'
import { CsvLink } from './csv-link.tsx'

type Weekday = (typeof isoWeekdays)[number]
const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** Beyond this share of the accent the words on it would be hard to read. */
const darkest = 45

/** When tickets come: a table whose cells are the stronger the more there are. On a telephone the hours go downwards. */
export function HoursCard({ report }: { report: Report }) {
  const t = useMessages()
  const narrow = useNarrow()
  const title = t('support.report.hours')
  const cell = (weekday: Weekday, hour: number) => (
    <td key={`${weekday} ${hour}`} className="p-0">
      <Cell report={report} weekday={weekday} hour={hour} />
    </td>
  )
  const head = 'px-1 py-1 text-12 font-medium text-ink-muted whitespace-nowrap'
  const weekdayHead = (weekday: Weekday, scope: 'col' | 'row') => (
    <th key={weekday} scope={scope} className={`${head} ${scope === 'row' ? 'pr-2 text-left' : ''}`}>
      {narrow ? (
        <abbr title={t(`support.weekday.${weekday}`)} className="no-underline">
          {t(`support.weekday.${weekday}`).slice(0, 3)}
        </abbr>
      ) : (
        t(`support.weekday.${weekday}`)
      )}
    </th>
  )
  const hourHead = (hour: number, scope: 'col' | 'row') => (
    <th
      key={hour}
      scope={scope}
      className={`${head} tabular-nums ${scope === 'row' ? 'pr-2 text-right' : ''}`}
    >
      {t('support.report.hour', { hour })}
    </th>
  )
  return (
    <Card title={title} actions={<CsvLink table="hours" span={report.span} title={title} />}>
      <p className="mb-2 text-12 text-ink-muted">{t('support.report.hours.help')}</p>
      <table aria-label={title} className="w-full table-fixed border-separate border-spacing-px">
        <thead>
          <tr>
            <th scope="col" className={narrow ? 'w-12' : 'w-20'}>
              <span className="sr-only">{t('support.report.when')}</span>
            </th>
            {narrow
              ? isoWeekdays.map((weekday) => weekdayHead(weekday, 'col'))
              : hours.map((hour) => hourHead(hour, 'col'))}
          </tr>
        </thead>
        <tbody>
          {narrow
            ? hours.map((hour) => (
                <tr key={hour}>
                  {hourHead(hour, 'row')}
                  {isoWeekdays.map((weekday) => cell(weekday, hour))}
                </tr>
              ))
            : isoWeekdays.map((weekday) => (
                <tr key={weekday}>
                  {weekdayHead(weekday, 'row')}
                  {hours.map((hour) => cell(weekday, hour))}
                </tr>
              ))}
        </tbody>
      </table>
    </Card>
  )
}

function Cell({ report, weekday, hour }: { report: Report; weekday: Weekday; hour: number }) {
  const t = useMessages()
  const formats = useFormats()
  const opened = report.hours.find((one) => one.weekday === Number(weekday) && one.hour === hour)?.opened ?? 0
  const box = 'flex h-8 items-center justify-center rounded-small text-12 tabular-nums'
  if (opened === 0) return <span className={`${box} bg-sunken`} aria-hidden />
  const most = Math.max(...report.hours.map((one) => one.opened))
  const strength = Math.round((opened / most) * darkest)
  return (
    <div
      className="rounded-small"
      style={{ backgroundColor: `color-mix(in oklab, var(--accent) ${strength}%, var(--surface))` }}
    >
      <Link
        to={ticketsTo({ ...ticketsOf.opened(report.span), weekday, hour: String(hour) })}
        aria-label={t('support.report.mark.hour', {
          weekday: t(`support.weekday.${weekday}`),
          from: hour,
          until: hour + 1,
          count: opened,
        })}
        className={`${box} text-ink hover:outline-2 hover:outline-accent`}
      >
        {formats.integer(opened)}
      </Link>
    </div>
  )
}
