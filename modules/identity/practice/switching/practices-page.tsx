import { ArrowRight, Building2 } from 'lucide-react'
import { useState } from 'react'
import { leaveOwnPractice, listOwnPractices, type OwnPractice } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useSwitching } from './switching.ts'

/** « Cabinets où vous travaillez »: whose each is, since when and until when; into each, and out of it for good. */
export function PracticesPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listOwnPractices)
  const switching = useSwitching((refused) => notify.failed({ title: sentenceOf(refused, t) }))
  const [leaving, setLeaving] = useState<OwnPractice | null>(null)
  return (
    <>
      <PageHeader
        title={t('identity.practices')}
        count={data && t('identity.practices.count', { total: data.rows.length })}
      >
        <p className="text-13 text-ink-muted">{t('identity.practices.help')}</p>
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <Card flush>
          <ul>
            {data.rows.map((one) => (
              <OnePractice
                key={one.memberId}
                practice={one}
                going={switching.going === one.memberId}
                onGo={() => switching.to(one.memberId)}
                onLeave={() => setLeaving(one)}
              />
            ))}
          </ul>
        </Card>
      ) : (
        <Card>
          <Skeleton width="60%" height={48} />
        </Card>
      )}
      <LeaveDialog practice={leaving} onClose={() => setLeaving(null)} />
    </>
  )
}

type OnePracticeProps = { practice: OwnPractice; going: boolean; onGo: () => void; onLeave: () => void }

function OnePractice({ practice, going, onGo, onLeave }: OnePracticeProps) {
  const t = useMessages()
  const { name, profile, whose, holder, rights, since, until, state, current } = practice
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0">
      <Building2 aria-hidden size={18} className="shrink-0 self-start text-ink-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          {current && <Badge tone="success">{t('identity.practices.current')}</Badge>}
          {state !== 'open' && (
            <Badge tone={state === 'suspended' ? 'warning' : 'neutral'}>
              {t(`identity.practices.state.${state}`)}
            </Badge>
          )}
        </p>
        <p className="mt-0.5 text-12 text-ink-muted">
          {holder ? t('identity.practices.own') : (whose ?? t('identity.practices.nobodys'))}
          {' · '}
          {t(`identity.practice.profile.${profile}`)}
        </p>
        {/* What others granted: one's own has no bounds but what it is. */}
        {rights.length > 0 && state !== 'ended' && !holder && (
          <p className="mt-0.5 text-12 text-ink-muted">
            {rights.map((right) => t(`identity.right.${right}`)).join(', ')}
          </p>
        )}
        <p className="mt-0.5 text-12 text-ink-muted">
          {until
            ? t.rich(state === 'ended' ? 'identity.practices.ended' : 'identity.practices.until', {
                since: <DateText key="since" value={since} />,
                until: <DateText key="until" value={until} />,
              })
            : t.rich('identity.practices.since', { since: <DateText key="since" value={since} /> })}
        </p>
      </div>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:pl-8">
        {state === 'open' && !current && (
          <Button icon={ArrowRight} loading={going} onClick={onGo}>
            {t('identity.practices.go')}
          </Button>
        )}
        {state !== 'ended' && !holder && (
          <Button variant="ghost" onClick={onLeave}>
            {t('identity.practices.leave')}
          </Button>
        )}
      </div>
    </li>
  )
}

function LeaveDialog({ practice, onClose }: { practice: OwnPractice | null; onClose: () => void }) {
  const t = useMessages()
  const leave = useEndpoint(leaveOwnPractice, {
    onSuccess: () => {
      notify.done({ title: t('identity.practices.left') })
      onClose()
    },
  })
  return (
    <DangerDialog
      open={practice !== null}
      onOpenChange={(open) => {
        if (open) return
        leave.reset()
        onClose()
      }}
      title={t('identity.practices.leave.title', { name: practice?.name ?? '' })}
      description={t('identity.practices.leave.help')}
      action={t('identity.practices.leave.submit')}
      loading={leave.isPending}
      onConfirm={() => practice && leave.mutate({ params: { id: practice.memberId } })}
    >
      {leave.error && <Problem>{sentenceOf(leave.error, t)}</Problem>}
    </DangerDialog>
  )
}
