import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { SlaCalendar } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { dayName } from './holiday-words.ts'
import { Versions } from './versions.tsx'
import { wallOf } from './wall-time.ts'
import { WeekPicture } from './week-picture.tsx'

const shownAtOnce = 6

export function CalendarCard({ calendar: row, onEdit }: { calendar: SlaCalendar; onEdit: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { name, territory, calendar } = row
  const [now] = useState(() => Date.now())
  const today = wallOf(now, calendar.timezone).day
  const closures = Object.entries(calendar.overrides)
    .filter(([, windows]) => windows.length === 0)
    .map(([day]) => day)
  const special = Object.entries(calendar.overrides)
    .filter(([day, windows]) => windows.length > 0 && day >= today && !calendar.holidays.includes(day))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const next = [...new Set([...calendar.holidays, ...closures])].filter((day) => day >= today).toSorted()
  return (
    <Card
      title={name}
      actions={
        may('sla.manage') && (
          <IconButton icon={Pencil} label={t('support.sla.calendar.edit', { name })} onClick={onEdit} />
        )
      }
    >
      <div className="flex flex-col gap-3 text-13">
        <p className="text-ink-muted">
          {t('support.sla.zone_and_territory', {
            zone: calendar.timezone,
            territory: t(`support.sla.territory.${territory}`),
          })}
        </p>
        <WeekPicture hours={calendar.hours} />
        <div>
          <h3 className="text-12 font-medium text-ink-muted">{t('support.sla.days_off')}</h3>
          {next.length === 0 ? (
            <p className="text-warning-ink">{t('support.sla.days_off.none')}</p>
          ) : (
            <ul className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
              {next.slice(0, shownAtOnce).map((day) => (
                <li key={day} className="flex gap-2">
                  <span className="shrink-0 tabular-nums">{formats.day(day)}</span>
                  <span className="min-w-0 truncate text-ink-muted">
                    {dayName(calendar.names?.[day] ?? '', t) || t('support.sla.closed')}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {next.length > shownAtOnce && (
            <p className="mt-1 text-ink-muted">
              {t('support.sla.more_days', { count: next.length - shownAtOnce })}
            </p>
          )}
        </div>
        {special.length > 0 && (
          <div>
            <h3 className="text-12 font-medium text-ink-muted">{t('support.sla.special_hours')}</h3>
            <ul className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
              {special.slice(0, shownAtOnce).map(([day, windows]) => (
                <li key={day} className="flex gap-2">
                  <span className="shrink-0 tabular-nums">{formats.day(day)}</span>
                  <span className="min-w-0 text-ink-muted tabular-nums">
                    {windows.map(([from, until]) => `${from} – ${until}`).join(', ')}
                    {calendar.names?.[day] && ` · ${calendar.names[day]}`}
                  </span>
                </li>
              ))}
            </ul>
            {special.length > shownAtOnce && (
              <p className="mt-1 text-ink-muted">
                {t('support.sla.more_days', { count: special.length - shownAtOnce })}
              </p>
            )}
          </div>
        )}
        <Versions current={row.versionId} versions={row.versions} />
      </div>
    </Card>
  )
}
