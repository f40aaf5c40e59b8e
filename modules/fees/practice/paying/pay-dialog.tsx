import { useState } from 'react'
import type { DueRef } from '#contract/fees'
import { PatientPicker } from '#practice/patients'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PayForm } from './pay-form.tsx'

type Named = { id: string; name: string }

/** Who is about to pay, and for what: chosen in the dialog unless told. */
export type Paying = { patient?: { id: string; name?: string }; dues?: readonly DueRef[] }

export type PayDialogProps = { paying: Paying | null; onClose: () => void }

/** From an appointment, a patient or the list: the same few fields, filled in with what is owed. */
export function PayDialog({ paying, onClose }: PayDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={paying !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('fees.pay.title')}
      description={paying?.patient?.name}
    >
      {paying && <Content paying={paying} onClose={onClose} />}
    </Dialog>
  )
}

function Content({ paying, onClose }: { paying: Paying; onClose: () => void }) {
  const t = useMessages()
  const [picked, setPicked] = useState<Named | null>(null)
  const patient = paying.patient ?? picked
  return (
    <div className="flex flex-col gap-4">
      {!paying.patient && (
        <PatientPicker
          label={t('fees.pay.patient')}
          value={picked}
          onChange={setPicked}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
          autoFocus
        />
      )}
      {patient && <PayForm key={patient.id} patientId={patient.id} dues={paying.dues} onClose={onClose} />}
    </div>
  )
}
