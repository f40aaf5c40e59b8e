import { Play } from 'lucide-react'
import { executeSql, type SqlRun } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { targetInWords } from '../sql-words.tsx'
import type { ShownRequest } from './request-page.tsx'
import { useTypedName } from './typed-name.tsx'

type ExecuteDialogProps = {
  request: ShownRequest
  /** The simulation it goes by. */
  run: SqlRun
  onClose: () => void
}

/** The one act of the console that stays: in production, the target's name is typed first. */
export function ExecuteDialog({ request, run, onClose }: ExecuteDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const { environment } = run.target
  const name = targetInWords(run.target, t)
  const typed = useTypedName(name, environment === 'production')
  const execute = useEndpoint(executeSql, {
    onSuccess: ({ run: ended }) => {
      if (ended.status === 'executed') notify.done({ title: t('sql.execute.done') })
      else notify.failed({ title: t('sql.execute.failed'), description: t('sql.execute.failed.help') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('sql.execute.title', { target: name })}
      description={verdictInWords(run.effects, t, formats)}
      effects={[t('sql.execute.exact'), t('sql.execute.kept')]}
      action={t('sql.execute')}
      icon={Play}
      danger
      disabled={!typed.isTyped}
      running={execute.isPending}
      error={execute.error}
      onSubmit={() => execute.mutate({ params: { id: request.id }, body: { runId: run.id } })}
      onClose={onClose}
    >
      {typed.field}
    </ActDialog>
  )
}
