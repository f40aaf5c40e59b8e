/** The second of two people, who answers with their name: for this report, and no other; of one database or of many practices. */
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

type DecisionProps = {
  /** Whose question it is. */
  by: string
  answer: { isPending: boolean; error: ApiError | null }
  onSubmit: (remark: string) => void
  onClose: () => void
}

type ApproveProps = DecisionProps & {
  /** What it would do. */
  verdict: string
  where: string
  /** What else is agreed to. */
  also?: readonly string[]
}

export function ApproveDialog({ by, verdict, where, also = [], answer, onSubmit, onClose }: ApproveProps) {
  const t = useMessages()
  const [remark, setRemark] = useState('')
  return (
    <ActDialog
      title={t('sql.approve.title')}
      description={verdict}
      effects={[where, t('sql.approve.only-this', { by }), ...also, t('sql.approve.yours')]}
      action={t('sql.approve')}
      icon={ThumbsUp}
      running={answer.isPending}
      error={answer.error}
      onSubmit={() => onSubmit(remark.trim())}
      onClose={onClose}
    >
      <Field name="remark" label={t('sql.remark')} optional>
        <Textarea value={remark} onChange={setRemark} rows={2} maxLength={500} />
      </Field>
    </ActDialog>
  )
}

/** A no says why: whoever asked has to do otherwise. */
export function RefuseDialog({ by, answer, onSubmit, onClose }: DecisionProps) {
  const t = useMessages()
  const [remark, setRemark] = useState('')
  return (
    <ActDialog
      title={t('sql.refuse.title')}
      effects={[t('sql.refuse.told', { by })]}
      action={t('sql.refuse')}
      icon={ThumbsDown}
      disabled={remark.trim() === ''}
      running={answer.isPending}
      error={answer.error}
      onSubmit={() => onSubmit(remark.trim())}
      onClose={onClose}
    >
      <Field name="remark" label={t('sql.refuse.why')}>
        <Textarea value={remark} onChange={setRemark} rows={3} maxLength={500} />
      </Field>
    </ActDialog>
  )
}

/** What follows a decision that was taken down. */
export const decided = (title: string, onClose: () => void) => ({
  onSuccess: () => {
    notify.done({ title })
    onClose()
  },
})
