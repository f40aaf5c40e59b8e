import { FlaskConical, Play, ThumbsDown, ThumbsUp, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { simulateSqlUndo, type SqlRun, withdrawSqlExecution } from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Remaining, useSecondsLeft } from '../remaining.tsx'
import { useSimulating } from '../editor/use-simulating.ts'
import { ApproveRequestDialog, RefuseRequestDialog } from './decide-dialogs.tsx'
import { ExecuteDialog } from './execute-dialog.tsx'
import { mayGoBy, requestCan } from './request-can.ts'
import type { ShownRequest } from './request-page.tsx'
import { useWho } from './who.ts'

type RequestActsProps = {
  request: ShownRequest
  /** What was simulated again on this page. */
  again: SqlRun | null
  onAgain: (run: SqlRun) => void
  onBack: (run: SqlRun) => void
}

/** What whoever looks may do next; the rest is not shown. */
export function RequestActs({ request, again, onAgain, onBack }: RequestActsProps) {
  const t = useMessages()
  const who = useWho()
  const [asked, setAsked] = useState<'approve' | 'refuse' | null>(null)
  const failed = { onError: (error: ApiError) => notify.failed({ title: sentenceOf(error, t) }) }
  const withdraw = useEndpoint(withdrawSqlExecution, {
    ...failed,
    onSuccess: () => notify.done({ title: t('sql.withdraw.done') }),
  })
  const undo = useEndpoint(simulateSqlUndo, { ...failed, onSuccess: onBack })
  return (
    <>
      {requestCan.withdraw(request, who) && (
        <Button
          icon={Undo2}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { id: request.id } })}
        >
          {t('sql.withdraw')}
        </Button>
      )}
      {requestCan.decide(request, who) && (
        <>
          <Button icon={ThumbsDown} onClick={() => setAsked('refuse')}>
            {t('sql.refuse')}
          </Button>
          <Button variant="primary" icon={ThumbsUp} onClick={() => setAsked('approve')}>
            {t('sql.approve')}
          </Button>
        </>
      )}
      {requestCan.execute(request, who) && <Execution request={request} again={again} onAgain={onAgain} />}
      {requestCan.undo(request, who) && (
        <Button
          icon={Undo2}
          loading={undo.isPending}
          onClick={() => undo.mutate({ params: { id: request.id }, body: { id: crypto.randomUUID() } })}
        >
          {t('sql.undo')}
        </Button>
      )}
      {asked === 'approve' && <ApproveRequestDialog request={request} onClose={() => setAsked(null)} />}
      {asked === 'refuse' && <RefuseRequestDialog request={request} onClose={() => setAsked(null)} />}
    </>
  )
}

/** What was approved is executed by a simulation that is still young: an old one is made again first. */
function Execution({ request, again, onAgain }: Omit<RequestActsProps, 'onBack'>) {
  const t = useMessages()
  const who = useWho()
  const run = again ?? request.report
  const seconds = useSecondsLeft(run.receipt?.until ?? request.askedAt)
  const [executing, setExecuting] = useState(false)
  const { simulate, isRunning } = useSimulating()
  const undo = useEndpoint(simulateSqlUndo)
  const repeat = async () => {
    const { target, text, parameters } = request.report
    const id = crypto.randomUUID()
    try {
      const made = request.undoes
        ? await undo.mutateAsync({ params: { id: request.undoes }, body: { id } })
        : await simulate({ id, target: target.id, text, parameters, ticket: request.ticket })
      onAgain(made)
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    }
  }
  const repeatButton = (
    <Button
      variant="primary"
      icon={FlaskConical}
      loading={isRunning || undo.isPending}
      onClick={() => void repeat()}
    >
      {t('sql.again')}
    </Button>
  )
  if (seconds === 0 || !mayGoBy(run, who, request.receipt)) return repeatButton
  return (
    <>
      <Remaining seconds={seconds} />
      <Button variant="danger" icon={Play} onClick={() => setExecuting(true)}>
        {t('sql.execute')}
      </Button>
      {executing && <ExecuteDialog request={request} run={run} onClose={() => setExecuting(false)} />}
    </>
  )
}
