import { getPractice, type Practice } from '#contract/cabinet'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { RecentFiles } from './recent-files.tsx'

/** At the foot of the dashboard: with whom one works here, and the last files that came. */
export function HomeCards() {
  const { data } = useEndpoint(getPractice)
  const may = useMay()
  return (
    <>
      <People practice={data} />
      {may('cabinet.files') && <RecentFiles />}
    </>
  )
}

function People({ practice }: { practice: Practice | undefined }) {
  const t = useMessages()
  return (
    <Card title={t('cabinet.people')}>
      <ul className="flex flex-col">
        {!practice && (
          <li className="flex min-h-11 items-center">
            <Skeleton width={180} />
          </li>
        )}
        {practice?.people.map(({ memberId, name, profile }) => (
          <li
            key={memberId}
            className="flex min-h-11 items-center gap-3 border-t border-line py-1.5 text-13 first:border-t-0"
          >
            <Avatar name={name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                {name}{' '}
                {memberId === practice.me.memberId && (
                  <span className="font-regular text-ink-muted">({t('cabinet.people.you')})</span>
                )}
              </span>
              <span className="block text-12 text-ink-muted">{t(`cabinet.profile.${profile}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
