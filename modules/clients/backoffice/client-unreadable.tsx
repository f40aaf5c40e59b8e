import { UserX } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { listTo } from './addresses.ts'

/** Why a client is not shown. What does not exist is not asked for again. */
export function ClientUnreadable({ error, retry }: { error: ApiError; retry: () => unknown }) {
  const t = useMessages()
  return (
    <>
      <PageHeader title={t('clients.one')} />
      {error.status === 404 ? (
        <EmptyState
          icon={UserX}
          title={t('clients.missing')}
          action={<ButtonLink to={listTo()}>{t('clients.missing.back')}</ButtonLink>}
        >
          <p>{t('clients.missing.help')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}
