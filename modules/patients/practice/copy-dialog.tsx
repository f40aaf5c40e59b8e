import { useState } from 'react'
import { copyPatient } from '#contract/patients'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type CopyDialogProps = { patientId: string | null; onClose: () => void }

/** Everything about a patient in one file, to be handed to them; one's own record notes where one wants them in it. */
export function CopyDialog({ patientId, onClose }: CopyDialogProps) {
  const t = useMessages()
  const [notes, setNotes] = useState(false)
  const query = { notes: notes ? ('own' as const) : ('none' as const) }
  return (
    <Dialog
      open={patientId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('patients.copy')}
      description={t('patients.copy.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          {patientId && (
            <a
              href={hrefOf(copyPatient, { params: { id: patientId }, query })}
              download
              className={buttonClass({ variant: 'primary' })}
              onClick={onClose}
            >
              {t('patients.copy.download')}
            </a>
          )}
        </>
      }
    >
      <Field label={t('patients.copy.with-notes')} help={t('patients.copy.with-notes.help')} inline>
        <Checkbox checked={notes} onChange={setNotes} />
      </Field>
    </Dialog>
  )
}
