/** Whether the log can be believed: in plain words, then with all it takes to check that without us. */
import { getAuditStatus } from '#contract/audit'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { LogTabs } from '../log-tabs.tsx'
import { CheckpointCard } from './checkpoint-card.tsx'
import { ByYourself } from './by-yourself.tsx'
import { StateBanner } from './state-banner.tsx'
import { VerificationsCard } from './verifications-card.tsx'
import { VerifyNow } from './verify-now.tsx'
import { WitnessesCard } from './witnesses-card.tsx'

export function IntegrityPage() {
  const t = useMessages()
  const may = useMay()
  const { data: status, error, refetch } = useEndpoint(getAuditStatus)
  return (
    <>
      <PageHeader title={t('audit.integrity.title')} primary={may('audit.verify') && <VerifyNow />}>
        <p className="text-13 text-ink-muted">{t('audit.integrity.intro')}</p>
        <LogTabs />
      </PageHeader>
      {status ? (
        <div className="flex flex-col gap-4">
          <StateBanner status={status} />
          <div className="flex flex-col gap-4 lg:grid lg:grid-cols-2 lg:items-start">
            <CheckpointCard status={status} />
            <WitnessesCard status={status} />
          </div>
          <VerificationsCard />
          <ByYourself status={status} />
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div aria-hidden className="flex flex-col gap-4">
          <Skeleton width="100%" height={88} />
          <Skeleton width="100%" height={180} />
        </div>
      )}
    </>
  )
}
