import { useState } from 'react'
import { cancelFeeNote, type FeeNote } from '#contract/fees'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** A number that was given stays: the note is marked, and says why. */
export function CancelNoteDialog({ note, onClose }: { note: FeeNote | null; onClose: () => void }) {
  const t = useMessages()
  return (
    <Dialog
      open={note !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('fees.note.cancel.title', { number: note?.number ?? '' })}
      description={t('fees.note.cancel.help')}
    >
      {note && <Fields note={note} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ note, onClose }: { note: FeeNote; onClose: () => void }) {
  const t = useMessages()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const cancel = useEndpoint(cancelFeeNote, {
    onSuccess: ({ number }) => {
      notify.done({ title: t('fees.note.cancelled.done', { number }) })
      onClose()
    },
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (reason.trim() && !cancel.isPending) cancel.mutate({ params: { id: note.id }, body: { reason } })
      }}
    >
      {cancel.error && <FormErrors error={cancel.error} />}
      <Field
        name="reason"
        label={t('fees.note.cancel.reason')}
        help={t('fees.note.cancel.reason.help')}
        error={tried && !reason.trim() ? t('fees.note.cancel.reason.missing') : undefined}
      >
        <Input value={reason} onChange={setReason} maxLength={200} />
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('fees.note.cancel.stay')}</Button>
        <Button type="submit" variant="danger" loading={cancel.isPending}>
          {t('fees.note.cancel')}
        </Button>
      </div>
    </form>
  )
}
