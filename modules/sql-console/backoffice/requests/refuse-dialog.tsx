import { ThumbsDown } from 'lucide-react'
import { useState } from 'react'
import { refuseSqlExecution } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ShownRequest } from './request-page.tsx'

/** A no says why: whoever asked has to do otherwise. */
export function RefuseDialog({ request, onClose }: { request: ShownRequest; onClose: () => void }) {
  const t = useMessages()
  const [remark, setRemark] = useState('')
  const refuse = useEndpoint(refuseSqlExecution, {
    onSuccess: () => {
      notify.done({ title: t('sql.refuse.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('sql.refuse.title')}
      effects={[t('sql.refuse.told', { by: request.by.name })]}
      action={t('sql.refuse')}
      icon={ThumbsDown}
      disabled={remark.trim() === ''}
      running={refuse.isPending}
      error={refuse.error}
      onSubmit={() => refuse.mutate({ params: { id: request.id }, body: { remark: remark.trim() } })}
      onClose={onClose}
    >
      <Field name="remark" label={t('sql.refuse.why')}>
        <Textarea value={remark} onChange={setRemark} rows={3} maxLength={500} />
      </Field>
    </ActDialog>
  )
}
