import { UserX } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { listTo } from './addresses.ts'

/** Why a patient is not shown. What does not exist is not asked for again. */
export function PatientUnreadable({ error, retry }: { error: ApiError; retry: () => unknown }) {
  const t = useMessages()
  const isMissing = error.status === 404 || error.status === 400
  return (
    <>
      <PageHeader title={t('patients.one')} />
      {isMissing ? (
        <EmptyState
          icon={UserX}
          title={t('patients.missing')}
          action={<ButtonLink to={listTo()}>{t('patients.missing.back')}</ButtonLink>}
        >
          <p>{t('patients.missing.help')}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}
