import { Signature } from 'lucide-react'
import { type Note, signNote } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

type SignProps = { note: Note | null; onClose: () => void; onSigned: (note: Note) => void }

/** It cannot be undone, so it says what it means before. */
export function SignDialog({ note, onClose, onSigned }: SignProps) {
  const t = useMessages()
  const formats = useFormats()
  const sign = useEndpoint(signNote, {
    onSuccess: (signed) => {
      notify.done({ title: t('notes.signed.done') })
      onSigned(signed)
    },
  })
  const submit = () => note && sign.mutate({ params: { id: note.id }, body: { revision: note.revision } })
  return (
    <Dialog
      open={note !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('notes.sign.title')}
      description={
        note && t('notes.sign.help', { patient: note.patient?.name ?? '', day: formats.day(note.heldOn) })
      }
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" icon={Signature} loading={sign.isPending} onClick={submit}>
            {t('notes.sign.submit')}
          </Button>
        </>
      }
    >
      {sign.error && <FormErrors error={sign.error} />}
      <ul className="flex list-disc flex-col gap-1 pl-5 text-13">
        <li>{t('notes.sign.record')}</li>
        <li>{t('notes.sign.amend')}</li>
        <li>{t('notes.sign.stay')}</li>
      </ul>
    </Dialog>
  )
}
