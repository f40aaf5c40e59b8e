import { ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { approveSqlExecution } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { targetInWords } from '../sql-words.tsx'
import type { ShownRequest } from './request-page.tsx'

type OneRequestProps = { request: ShownRequest; onClose: () => void }

/** The second of two people, who answers for it with their name: for this report, and no other. */
export function ApproveDialog({ request, onClose }: OneRequestProps) {
  const t = useMessages()
  const formats = useFormats()
  const [remark, setRemark] = useState('')
  const approve = useEndpoint(approveSqlExecution, {
    onSuccess: () => {
      notify.done({ title: t('sql.approve.done') })
      onClose()
    },
  })
  const { report, receipt, id, by } = request
  return (
    <ActDialog
      title={t('sql.approve.title')}
      description={verdictInWords(report.effects, t, formats)}
      effects={[
        t('sql.approve.where', { target: targetInWords(report.target, t) }),
        t('sql.approve.only-this', { by: by.name }),
        t('sql.approve.yours'),
      ]}
      action={t('sql.approve')}
      icon={ThumbsUp}
      running={approve.isPending}
      error={approve.error}
      onSubmit={() => approve.mutate({ params: { id }, body: { remark: remark.trim(), receipt } })}
      onClose={onClose}
    >
      <Field name="remark" label={t('sql.remark')} optional>
        <Textarea value={remark} onChange={setRemark} rows={2} maxLength={500} />
      </Field>
    </ActDialog>
  )
}
