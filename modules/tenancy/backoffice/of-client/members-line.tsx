import { UsersRound } from 'lucide-react'
import { listMembers } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

/** How many people work in the practice, and when one of them came last. */
export function MembersLine({ tenantId }: { tenantId: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(listMembers, { params: { id: tenantId } })
  if (!data) return <Skeleton width="60%" />
  const present = data.rows.filter(({ state }) => state !== 'left')
  const invited = present.filter(({ state }) => state === 'invited')
  const last = present
    .flatMap(({ lastSignInAt }) => lastSignInAt ?? [])
    .toSorted()
    .at(-1)
  return (
    <p className="flex items-start gap-2">
      <UsersRound aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
      <span className="min-w-0">
        {t('tenancy.members.count', { count: present.length, shown: formats.integer(present.length) })}
        {invited.length > 0 &&
          ` · ${t('tenancy.members.invited', { count: invited.length, shown: formats.integer(invited.length) })}`}
        {' · '}
        {last
          ? t.rich('tenancy.members.last', { at: <DateText key="at" value={last} show="both" /> })
          : t('tenancy.members.never')}
      </span>
    </p>
  )
}
