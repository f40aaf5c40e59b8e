import { FlaskConical, OctagonPause, Play, ThumbsDown, ThumbsUp, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { type SqlFleet, stopSqlFleetExecution, withdrawSqlFleetExecution } from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useSecondsLeft } from '../remaining.tsx'
import { useWho } from '../requests/who.ts'
import { sendTo } from '../fleet/addresses.ts'
import { AskFleet } from './ask-fleet.tsx'
import { BeginDialog } from './begin-dialog.tsx'
import { ApproveFleetDialog, RefuseFleetDialog } from './decide-fleet-dialogs.tsx'
import { standOf } from './execution-words.tsx'
import { fleetCan } from './fleet-can.ts'
import { ResumeDialog } from './resume-dialog.tsx'

const dialogs = {
  approve: ApproveFleetDialog,
  refuse: RefuseFleetDialog,
  begin: BeginDialog,
  resume: ResumeDialog,
}

/** What whoever looks may do next about executing it; the rest is not shown. */
export function FleetActs({ fleet }: { fleet: SqlFleet }) {
  const t = useMessages()
  const who = useWho()
  const { id, executing, endedAt } = fleet
  const [asked, setAsked] = useState<keyof typeof dialogs | null>(null)
  const failed = { onError: (error: ApiError) => notify.failed({ title: sentenceOf(error, t) }) }
  const withdraw = useEndpoint(withdrawSqlFleetExecution, {
    ...failed,
    onSuccess: () => notify.done({ title: t('sql.withdraw.done') }),
  })
  const stop = useEndpoint(stopSqlFleetExecution, {
    ...failed,
    onSuccess: () => notify.done({ title: t('sql.fleet.stop.done') }),
  })
  // By then nothing goes on any more; nor does it before it is known what became of each.
  const seconds = useSecondsLeft(executing?.lapsesAt ?? fleet.askedAt)
  const isKnown = fleet.practices.every(
    (one) => standOf(one) !== 'unknown' || one.execution?.code === 'never_known',
  )
  const mayGoOn = seconds > 0 && isKnown && fleetCan.resume(fleet, who)
  const Dialog = asked && dialogs[asked]
  return (
    <>
      {fleetCan.ask(fleet, who) && endedAt && <AskFleet fleet={fleet} endedAt={endedAt} />}
      {fleetCan.withdraw(fleet, who) && (
        <Button icon={Undo2} loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: { id } })}>
          {t('sql.withdraw')}
        </Button>
      )}
      {fleetCan.refuse(fleet, who) && (
        <Button icon={ThumbsDown} onClick={() => setAsked('refuse')}>
          {t('sql.refuse')}
        </Button>
      )}
      {fleetCan.approve(fleet, who) && (
        <Button variant="primary" icon={ThumbsUp} onClick={() => setAsked('approve')}>
          {t('sql.approve')}
        </Button>
      )}
      {fleetCan.begin(fleet, who) && (
        <Button variant="danger" icon={Play} onClick={() => setAsked('begin')}>
          {t('sql.execute')}
        </Button>
      )}
      {fleetCan.sendAgain(fleet, who) && (
        <ButtonLink to={sendTo({ again: id })} icon={FlaskConical}>
          {t('sql.again')}
        </ButtonLink>
      )}
      {fleetCan.stop(fleet, who) && (
        <Button
          variant={fleet.execution === 'running' ? 'danger' : 'secondary'}
          icon={OctagonPause}
          loading={stop.isPending}
          onClick={() => stop.mutate({ params: { id } })}
        >
          {t('sql.fleet.stop')}
        </Button>
      )}
      {mayGoOn && (
        <Button variant="primary" icon={Play} onClick={() => setAsked('resume')}>
          {t(fleet.execution === 'paused' ? 'sql.fleet.next' : 'sql.fleet.resume')}
        </Button>
      )}
      {Dialog && executing && <Dialog fleet={fleet} executing={executing} onClose={() => setAsked(null)} />}
    </>
  )
}
