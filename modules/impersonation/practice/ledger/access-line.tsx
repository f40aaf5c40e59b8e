import { ChevronRight } from 'lucide-react'
import type { Access } from '#contract/impersonation'
import { DateText } from '#platform/ui/date-text.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { AccessActs } from './access-acts.tsx'
import { AccessBadges, lastedOf } from './access-words.tsx'

/** Who, as whom, why and for how long; and what can be done about it where it is not over. */
export function AccessLine({ access }: { access: Access }) {
  const t = useMessages()
  const { id, actor, subject, reason, reference, startedAt, askedAt, acts } = access
  const minutes = lastedOf(access)
  return (
    <li className="border-t border-line">
      <Link to={`/accesses/${id}`} className="flex gap-3 px-4 py-3 text-13 transition-colors hover:bg-hover">
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{actor.name}</span>
            <span className="text-ink-muted">{t('impersonation.practice.as', { name: subject.name })}</span>
            <AccessBadges access={access} />
          </span>
          <span className="mt-1 block max-w-prose wrap-anywhere">{reason}</span>
          <span className="mt-1 flex flex-wrap gap-x-2 text-12 text-ink-muted">
            <DateText value={startedAt ?? askedAt} show="dayTime" />
            {minutes !== null && <span>{t('impersonation.practice.minutes', { minutes })}</span>}
            {startedAt !== null && <span>{t('impersonation.practice.acts', { count: acts })}</span>}
            {reference !== '' && <span>{reference}</span>}
          </span>
        </span>
        <ChevronRight aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-faint" />
      </Link>
      <AccessActs access={access} className="px-4 pb-3" />
    </li>
  )
}
