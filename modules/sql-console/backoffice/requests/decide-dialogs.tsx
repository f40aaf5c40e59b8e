import { approveSqlExecution, refuseSqlExecution } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { targetInWords } from '../sql-words.tsx'
import { ApproveDialog, decided, RefuseDialog } from './decision-dialogs.tsx'
import type { ShownRequest } from './request-page.tsx'

type OneRequestProps = { request: ShownRequest; onClose: () => void }

export function ApproveRequestDialog({ request: { id, by, report, receipt }, onClose }: OneRequestProps) {
  const t = useMessages()
  const formats = useFormats()
  const approve = useEndpoint(approveSqlExecution, decided(t('sql.approve.done'), onClose))
  return (
    <ApproveDialog
      by={by.name}
      verdict={verdictInWords(report.effects, t, formats)}
      where={t('sql.approve.where', { target: targetInWords(report.target, t) })}
      answer={approve}
      onSubmit={(remark) => approve.mutate({ params: { id }, body: { remark, receipt } })}
      onClose={onClose}
    />
  )
}

export function RefuseRequestDialog({ request: { id, by }, onClose }: OneRequestProps) {
  const t = useMessages()
  const refuse = useEndpoint(refuseSqlExecution, decided(t('sql.refuse.done'), onClose))
  return (
    <RefuseDialog
      by={by.name}
      answer={refuse}
      onSubmit={(remark) => refuse.mutate({ params: { id }, body: { remark } })}
      onClose={onClose}
    />
  )
}
