import { useState } from 'react'
import { copyPatient } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { saveFile } from '#platform/ui/save-file.ts'

export type CopyDialogProps = { patientId: string | null; onClose: () => void }

/** Everything about a patient in one file, to be handed to them; one's own record notes where one wants them in it. */
export function CopyDialog({ patientId, onClose }: CopyDialogProps) {
  const t = useMessages()
  const [notes, setNotes] = useState(false)
  const [{ preparing, error }, setState] = useState<{ preparing: boolean; error?: unknown }>({
    preparing: false,
  })

  async function prepare(id: string) {
    setState({ preparing: true })
    try {
      const query = { notes: notes ? ('own' as const) : ('none' as const) }
      // Not by a plain link: what is refused is said here, in words.
      const reply = (await call(copyPatient, { params: { id }, query })) as Response // a stream’s answer
      saveFile(await reply.blob(), `${t('patients.copy.file')}.zip`)
      setState({ preparing: false })
      onClose()
    } catch (refused) {
      setState({ preparing: false, error: refused })
    }
  }

  return (
    <Dialog
      open={patientId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('patients.copy')}
      description={t('patients.copy.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            loading={preparing}
            onClick={() => patientId !== null && void prepare(patientId)}
          >
            {t('patients.copy.download')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {error !== undefined && <FormErrors error={error} />}
        <Field label={t('patients.copy.with-notes')} help={t('patients.copy.with-notes.help')} inline>
          <Checkbox checked={notes} onChange={setNotes} />
        </Field>
      </div>
    </Dialog>
  )
}
