import { getPractice, type Practice } from '#contract/cabinet'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { RecentFiles } from './recent-files.tsx'

/** Whose practice this is, who one is in it, and with whom. */
export function HomePage() {
  const t = useMessages()
  const { name } = useSession()
  usePageTitle(t('cabinet.home'))
  const { data, error, refetch } = useEndpoint(getPractice)
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <header className="mb-6">
        <p className="text-12 font-medium text-ink-muted">{t('cabinet.home.hello', { name })}</p>
        <h1 className="text-20 font-semibold tracking-tight wrap-anywhere">
          {data ? data.name : <Skeleton width={220} height={24} />}
        </h1>
        <p className="mt-1 text-13 text-ink-muted">
          {data ? t('cabinet.home.you', { profile: data.me.profile }) : <Skeleton width={260} />}
        </p>
      </header>
      <div className="grid gap-4 lg:grid-cols-2">
        <People practice={data} />
        <RecentFiles />
      </div>
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
