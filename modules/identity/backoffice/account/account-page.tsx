import { getAccount } from '#contract/identity'
import { Card } from '#platform/ui/card.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useAdding } from './adding.tsx'
import { FactorsCard } from './factors-card.tsx'
import { Encouragement } from './encouragement.tsx'
import { PasswordCard } from './password-card.tsx'
import { RecoveryCard } from './recovery-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { SignInsCard } from './sign-ins-card.tsx'

/** All that concerns one's own way in: what opens it, where it is open, and who tried. */
export function AccountPage() {
  const t = useMessages()
  const account = useEndpoint(getAccount)
  const { id } = useSession()
  const { add, dialogs, asking } = useAdding()
  if (account.error && !account.data)
    return (
      <>
        <PageHeader title={t('identity.account')} />
        <ErrorState error={account.error} onRetry={account.refetch} />
      </>
    )
  return (
    <>
      <PageHeader title={t('identity.account')} />
      {account.data && <Encouragement account={account.data} onAdd={add} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {account.data ? (
            <>
              <FactorsCard account={account.data} onAdd={add} asking={asking} />
              <RecoveryCard codes={account.data.recoveryCodes} onMake={() => add('recovery_codes')} />
              <PasswordCard changedAt={account.data.passwordChangedAt} />
            </>
          ) : (
            <CardSkeletons />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <SessionsCard />
          <Cards of="account" id={id} />
          <SignInsCard />
        </div>
      </div>
      {dialogs}
    </>
  )
}

function CardSkeletons() {
  const t = useMessages()
  return (
    <>
      {(['identity.account.factors', 'identity.recovery', 'identity.password'] as const).map((title) => (
        <Card key={title} title={t(title)}>
          <div className="flex flex-col gap-4 py-2">
            <Skeleton width="60%" />
            <Skeleton width="40%" />
          </div>
        </Card>
      ))}
    </>
  )
}
