import type { PrivacyRequestRow } from '#contract/privacy'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { dueInWords, requestName, StateBadge } from './request-words.tsx'

export function columnsFor(t: Translate): Column<PrivacyRequestRow>[] {
  return [
    {
      id: 'person',
      header: t('privacy.person'),
      width: 260,
      grow: true,
      cell: ({ person, ...request }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{person.name}</span>
          <span className="block truncate text-12 text-ink-muted">
            {[requestName(request, t), person.email].filter(Boolean).join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('privacy.kind'),
      width: 130,
      cell: ({ kind }) => t(`privacy.kind.${kind}`),
    },
    {
      id: 'state',
      header: t('privacy.state'),
      width: 120,
      card: 'aside',
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: 'due',
      header: t('privacy.due'),
      width: 200,
      cell: (request) => (
        <span className="block leading-tight">
          <span
            className={
              request.state === 'late'
                ? 'block font-medium text-danger-ink'
                : request.state === 'due_soon'
                  ? 'block font-medium'
                  : 'block'
            }
          >
            {dueInWords(request, t)}
          </span>
          <span className="block text-12 text-ink-muted">
            <DateText value={request.dueOn} />
          </span>
        </span>
      ),
    },
    {
      id: 'received',
      header: t('privacy.received'),
      width: 110,
      importance: 3,
      cell: ({ receivedOn }) => <DateText value={receivedOn} />,
    },
  ]
}
