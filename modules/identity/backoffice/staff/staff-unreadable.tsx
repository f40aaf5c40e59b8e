import { UserX } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { teamTo } from './addresses.ts'

/** Why a colleague is not shown. What does not exist is not asked for again. */
export function StaffUnreadable({ error, retry }: { error: ApiError; retry: () => unknown }) {
  const t = useMessages()
  return (
    <>
      <PageHeader title={t('identity.staff.one')} />
      {error.status === 404 ? (
        <EmptyState
          icon={UserX}
          title={t('identity.staff.missing')}
          action={<ButtonLink to={teamTo()}>{t('identity.staff.missing.back')}</ButtonLink>}
        >
          <p>{t('identity.staff.missing.help')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}

/** The cards of a colleague at about their true size. */
export function StaffSkeleton() {
  return (
    <div aria-hidden className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-4">
        <Block lines={4} />
        <Block lines={3} />
        <Block lines={6} />
      </div>
      <div className="flex flex-col gap-4 max-lg:order-first">
        <Block lines={5} />
        <Block lines={3} />
      </div>
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
