import { SearchX } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { listTo } from '../addresses.ts'

/** Why it is not shown. What does not exist is not asked for again. */
export function ImpersonationUnreadable({ error, retry }: { error: ApiError; retry: () => unknown }) {
  const t = useMessages()
  return (
    <>
      <PageHeader title={t('impersonation.one')} />
      {error.status === 404 ? (
        <EmptyState
          icon={SearchX}
          title={t('impersonation.missing')}
          action={<ButtonLink to={listTo()}>{t('impersonation.missing.back')}</ButtonLink>}
        >
          <p>{t('impersonation.missing.help')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}

/** The cards at about their true size. */
export function ImpersonationSkeleton() {
  return (
    <div aria-hidden className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Block lines={8} />
      <Block lines={6} />
    </div>
  )
}

function Block({ lines }: { lines: number }) {
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4">
      <Skeleton width={120} height={14} />
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  )
}
