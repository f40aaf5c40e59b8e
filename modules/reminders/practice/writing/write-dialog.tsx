import { useState } from 'react'
import type { Channel } from '#contract/reminders'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PatientPicker, type PickedPatient } from '#practice/patients'
import { WriteForm } from './write-form.tsx'

export type WriteDialogProps = {
  /** Undefined: they are chosen first. */
  patientId?: string | undefined
  appointmentId?: string | undefined
  channel: Channel
  onClose: () => void
}

/** A message to one patient: to whom, by what, then the words. */
export function WriteDialog({ patientId, appointmentId, channel, onClose }: WriteDialogProps) {
  const t = useMessages()
  const [chosen, setChosen] = useState<PickedPatient | null>(null)
  const id = patientId ?? chosen?.id
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('reminders.new')}
      description={t('reminders.write.never')}
    >
      <div className="flex flex-col gap-4">
        {patientId === undefined && (
          <PatientPicker
            label={t('reminders.write.whom')}
            value={chosen}
            onChange={setChosen}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
            autoFocus
          />
        )}
        {id !== undefined && (
          <WriteForm
            key={id}
            patientId={id}
            appointmentId={appointmentId}
            start={channel}
            onClose={onClose}
          />
        )}
      </div>
    </Dialog>
  )
}
