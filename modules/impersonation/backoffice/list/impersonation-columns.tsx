import type { Impersonation } from '#contract/impersonation'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { isToReview } from '../impersonation-can.ts'
import { durationInWords, secondsOf, StateBadge } from '../impersonation-words.tsx'

export function columnsFor(t: Translate, formats: Formats): Column<Impersonation>[] {
  return [
    {
      id: 'people',
      header: t('impersonation.column.people'),
      width: 260,
      grow: true,
      cell: ({ actor, subject, tenant }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">
            {t('impersonation.for', { actor: actor.name, subject: subject.name })}
          </span>
          <span className="block truncate text-12 text-ink-muted">{tenant.name}</span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('impersonation.state'),
      width: 170,
      card: 'aside',
      cell: (one) =>
        isToReview(one) ? (
          <Badge tone="danger">{t('impersonation.review')}</Badge>
        ) : (
          <StateBadge state={one.state} />
        ),
    },
    {
      id: 'purpose',
      header: t('impersonation.purpose'),
      width: 240,
      importance: 3,
      cell: ({ purpose, reason }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate">{t(`impersonation.purpose.${purpose}`)}</span>
          <span className="block truncate text-12 text-ink-muted" title={reason}>
            {reason}
          </span>
        </span>
      ),
    },
    {
      id: 'mode',
      header: t('impersonation.mode'),
      width: 130,
      importance: 4,
      cell: ({ mayWrite, breakGlass }) => (
        <span className="block leading-tight">
          <span className="block">{t(`impersonation.mode.${mayWrite ? 'write' : 'read'}`)}</span>
          {breakGlass && <span className="block text-12 text-danger-ink">{t('impersonation.glass')}</span>}
        </span>
      ),
    },
    {
      id: 'asked',
      header: t('impersonation.column.asked'),
      width: 230,
      importance: 2,
      cell: ({ askedAt }) => <DateText value={askedAt} show="both" />,
    },
    {
      id: 'lasted',
      header: t('impersonation.column.lasted'),
      width: 110,
      align: 'end',
      importance: 4,
      cell: (one) => durationInWords(secondsOf(one), t),
    },
    {
      id: 'acts',
      header: t('impersonation.column.acts'),
      width: 80,
      align: 'end',
      importance: 5,
      cell: ({ acts }) => formats.integer(acts),
    },
  ]
}
