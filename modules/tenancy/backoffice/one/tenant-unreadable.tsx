import { DatabaseZap } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { listTo } from '../addresses.ts'

/** Why a tenant is not shown. What does not exist is not asked for again. */
export function TenantUnreadable({ error, retry }: { error: ApiError; retry: () => unknown }) {
  const t = useMessages()
  return (
    <>
      <PageHeader title={t('tenancy.one')} />
      {error.status === 404 ? (
        <EmptyState
          icon={DatabaseZap}
          title={t('tenancy.missing')}
          action={<ButtonLink to={listTo()}>{t('tenancy.missing.back')}</ButtonLink>}
        >
          <p>{t('tenancy.missing.help')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}

/** The cards of a tenant at about their true size. */
export function TenantSkeleton() {
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
