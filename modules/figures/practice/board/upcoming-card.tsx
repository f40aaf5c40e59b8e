import { CalendarDays } from 'lucide-react'
import type { Board, Upcoming } from '#contract/figures'
import { Card } from '#platform/ui/card.tsx'
import { Link, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { appointmentTo, linesTo } from '../addresses.ts'
import { useDates } from '../dates.ts'

/** Who comes next, and how many the day has in all. */
export function UpcomingCard({ board }: { board: Board }) {
  const t = useMessages()
  const { agenda, today, scope } = board
  if (!agenda) return null
  return (
    <Card
      title={t('figures.upcoming')}
      className="h-full"
      actions={
        <span className="text-13">
          <TextLink to={linesTo('today', { scope })}>
            {t('figures.upcoming.today', { count: agenda.today })}
          </TextLink>
        </span>
      }
    >
      {agenda.next.length === 0 ? (
        <p className="text-13 text-ink-muted">
          {t('figures.upcoming.none')} <TextLink to="/agenda">{t('figures.upcoming.agenda')}</TextLink>
        </p>
      ) : (
        <ul className="-mx-2 flex flex-col">
          {agenda.next.map((one) => (
            <Line key={one.id} one={one} today={today} named={scope === 'practice'} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Line({ one, today, named }: { one: Upcoming; today: string; named: boolean }) {
  const t = useMessages()
  const dates = useDates()
  const who = one.patient ? (one.patient.name ?? t('figures.a-patient')) : one.title
  const more = [
    one.act,
    one.place === 'office' ? '' : t(`figures.place.${one.place}`),
    named ? one.practitioner : '',
  ]
  return (
    <li>
      <Link
        to={appointmentTo(one.id, one.startsLocal)}
        className="flex min-h-10 items-center gap-3 rounded-control px-2 py-1 text-13 hover:bg-hover"
      >
        <span className="w-24 shrink-0 text-ink-muted tabular-nums">
          <span className="block text-12 first-letter:uppercase">{dates.day(one.startsLocal, today)}</span>
          <span className="font-medium text-ink">{dates.time(one.startsLocal)}</span>
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{who}</span>
          <span className="block truncate text-12 text-ink-muted">{more.filter(Boolean).join(' · ')}</span>
        </span>
        <CalendarDays aria-hidden size={16} className="shrink-0 text-ink-muted" />
      </Link>
    </li>
  )
}
