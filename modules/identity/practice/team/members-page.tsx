import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import {
  type Colleague,
  departColleague,
  inviteColleagueAgain,
  listColleagues,
  removeColleagueFactors,
} from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { type ColleagueAct, ColleagueRow } from './colleague-row.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { SecondFactorRule } from './second-factor-rule.tsx'

type Asked = { act: 'new' } | { act: Exclude<ColleagueAct, 'invite'>; colleague: Colleague }

/** Who works in the practice, what each may and until when: granted, changed and taken back by the practice itself. */
export function MembersPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listColleagues)
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const onError = (refused: ApiError) => notify.failed({ title: sentenceOf(refused, t) })
  const again = useEndpoint(inviteColleagueAgain, {
    onSuccess: ({ email }) => notify.done({ title: t('identity.team.invited', { email }) }),
    onError,
  })
  const here = data?.rows.filter(({ state }) => state !== 'ended') ?? []
  const former = data?.rows.filter(({ state }) => state === 'ended') ?? []
  const asker = here.find(({ me }) => me)
  const list = (rows: readonly Colleague[]) => (
    <ul>
      {rows.map((colleague) => (
        <ColleagueRow
          key={colleague.memberId}
          colleague={colleague}
          asker={asker}
          onAct={(act) =>
            act === 'invite'
              ? again.mutate({ params: { id: colleague.memberId } })
              : setAsked({ act, colleague })
          }
        />
      ))}
    </ul>
  )
  return (
    <>
      <PageHeader
        title={t('identity.team')}
        count={data && t('identity.team.count', { total: here.length })}
        primary={
          data && (
            <Button variant="primary" icon={UserPlus} onClick={() => setAsked({ act: 'new' })}>
              {t('identity.team.invite')}
            </Button>
          )
        }
      >
        <p className="text-13 text-ink-muted">{t('identity.team.help')}</p>
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <div className="flex flex-col gap-4">
          <Card flush>{list(here)}</Card>
          <SecondFactorRule
            required={data.secondFactorRequired}
            own={asker?.secondFactor === true}
            without={here.filter(({ secondFactor }) => !secondFactor).length}
          />
          {former.length > 0 && (
            <Card flush title={t('identity.team.former')}>
              {list(former)}
            </Card>
          )}
        </div>
      ) : (
        <Card>
          <Skeleton width="60%" height={96} />
        </Card>
      )}
      {(asked?.act === 'new' || asked?.act === 'letIn') && data && (
        <InviteDialog
          former={asked.act === 'letIn' ? asked.colleague : undefined}
          grantable={data.grantable}
          profiles={data.profiles}
          onClose={close}
        />
      )}
      {asked?.act === 'change' && data && (
        <ChangeDialog colleague={asked.colleague} grantable={data.grantable} onClose={close} />
      )}
      <EndDialog asked={asked} onClose={close} />
    </>
  )
}

/** Ending an access, or taking away a second factor that was lost: each says first what comes of it. */
function EndDialog({ asked, onClose }: { asked: Asked | null; onClose: () => void }) {
  const t = useMessages()
  const act = asked?.act === 'depart' || asked?.act === 'resetFactor' ? asked.act : null
  const colleague = asked && 'colleague' in asked ? asked.colleague : null
  const name = colleague?.name ?? colleague?.email ?? ''
  const done = (which: 'depart' | 'resetFactor') => ({
    onSuccess: () => {
      notify.done({ title: t(`identity.team.${which}.done`, { name }) })
      onClose()
    },
  })
  const departing = useEndpoint(departColleague, done('depart'))
  const resetting = useEndpoint(removeColleagueFactors, done('resetFactor'))
  const running = act === 'depart' ? departing : resetting
  const shown = act ?? 'depart'
  return (
    <DangerDialog
      open={act !== null}
      onOpenChange={(open) => {
        if (open) return
        running.reset()
        onClose()
      }}
      title={t(`identity.team.${shown}.title`, { name })}
      description={t(`identity.team.${shown}.help`)}
      action={t(`identity.team.${shown}.submit`)}
      loading={running.isPending}
      onConfirm={() => colleague && running.mutate({ params: { id: colleague.memberId } })}
    >
      {running.error && running.error.code !== 'step_up_required' && (
        <Problem>{sentenceOf(running.error, t)}</Problem>
      )}
    </DangerDialog>
  )
}
