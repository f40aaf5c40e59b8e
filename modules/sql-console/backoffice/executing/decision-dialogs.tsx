/** The second of two people, who answers with their name: for what it would do in all of these practices, and nothing else. */
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import {
  approveSqlFleetExecution,
  type FleetExecution,
  refuseSqlFleetExecution,
  type SqlFleet,
} from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { verdictInWords } from '../report/verdict-words.ts'

export type FleetDialogProps = { fleet: SqlFleet; executing: FleetExecution; onClose: () => void }

export function ApproveFleetDialog({ fleet: { id, by }, executing, onClose }: FleetDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const [remark, setRemark] = useState('')
  const { total, effects, receipt } = executing
  const approve = useEndpoint(approveSqlFleetExecution, {
    onSuccess: () => {
      notify.done({ title: t('sql.approve.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('sql.approve.title')}
      description={verdictInWords(effects, t, formats)}
      effects={[
        t('sql.fleet.approve.where', { count: total, shown: formats.integer(total) }),
        t('sql.approve.only-this', { by: by.name }),
        t('sql.fleet.ask.drift'),
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

/** A no says why: whoever asked has to do otherwise. */
export function RefuseFleetDialog({ fleet: { id, by }, onClose }: FleetDialogProps) {
  const t = useMessages()
  const [remark, setRemark] = useState('')
  const refuse = useEndpoint(refuseSqlFleetExecution, {
    onSuccess: () => {
      notify.done({ title: t('sql.refuse.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('sql.refuse.title')}
      effects={[t('sql.refuse.told', { by: by.name })]}
      action={t('sql.refuse')}
      icon={ThumbsDown}
      disabled={remark.trim() === ''}
      running={refuse.isPending}
      error={refuse.error}
      onSubmit={() => refuse.mutate({ params: { id }, body: { remark: remark.trim() } })}
      onClose={onClose}
    >
      <Field name="remark" label={t('sql.refuse.why')}>
        <Textarea value={remark} onChange={setRemark} rows={3} maxLength={500} />
      </Field>
    </ActDialog>
  )
}
