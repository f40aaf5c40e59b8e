import {
  approveSqlFleetExecution,
  type FleetExecution,
  refuseSqlFleetExecution,
  type SqlFleet,
} from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { ApproveDialog, decided, RefuseDialog } from '../requests/decision-dialogs.tsx'

export type FleetDialogProps = { fleet: SqlFleet; executing: FleetExecution; onClose: () => void }

export function ApproveFleetDialog({ fleet: { id, by }, executing, onClose }: FleetDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const { total, effects, receipt } = executing
  const approve = useEndpoint(approveSqlFleetExecution, decided(t('sql.approve.done'), onClose))
  return (
    <ApproveDialog
      by={by.name}
      verdict={verdictInWords(effects, t, formats)}
      where={t('sql.fleet.approve.where', { count: total, shown: formats.integer(total) })}
      also={[t('sql.fleet.ask.drift')]}
      answer={approve}
      onSubmit={(remark) => approve.mutate({ params: { id }, body: { remark, receipt } })}
      onClose={onClose}
    />
  )
}

export function RefuseFleetDialog({ fleet: { id, by }, onClose }: FleetDialogProps) {
  const t = useMessages()
  const refuse = useEndpoint(refuseSqlFleetExecution, decided(t('sql.refuse.done'), onClose))
  return (
    <RefuseDialog
      by={by.name}
      answer={refuse}
      onSubmit={(remark) => refuse.mutate({ params: { id }, body: { remark } })}
      onClose={onClose}
    />
  )
}
