import { Send } from 'lucide-react'
import { askSqlExecution, type SqlRun } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { requestTo } from '../addresses.ts'
import { verdictInWords } from '../report/verdict-words.ts'
import { targetInWords } from '../sql-words.tsx'
import { AskingFields, isReason, trimmed, useAsking } from './asking-fields.tsx'

/** What for, said to whoever approves: it stays in the log. */
export function AskDialog({ run, onClose }: { run: SqlRun; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const { asking, setAsking, forget } = useAsking(`${run.target.id} ${run.text}`)
  const ask = useEndpoint(askSqlExecution, {
    onSuccess: ({ id }) => {
      forget()
      notify.done({ title: t('sql.ask.done'), description: t('sql.ask.done.help') })
      onClose()
      go(requestTo(id))
    },
  })
  return (
    <ActDialog
      title={t('sql.ask.title', { target: targetInWords(run.target, t) })}
      description={verdictInWords(run.effects, t, formats)}
      effects={[t('sql.ask.second'), t('sql.ask.again'), t('sql.ask.undo')]}
      action={t('sql.ask')}
      icon={Send}
      disabled={!isReason(asking)}
      running={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate({ body: { runId: run.id, ...trimmed(asking) } })}
      onClose={onClose}
    >
      <AskingFields value={asking} onChange={setAsking} />
    </ActDialog>
  )
}
