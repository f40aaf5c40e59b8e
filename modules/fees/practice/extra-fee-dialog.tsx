import { useState } from 'react'
import { addExtraFee, listDues } from '#contract/fees'
import { PatientPicker } from '#practice/patients'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn } from './amounts.ts'

type Named = { id: string; name: string }
type ExtraFeeDialogProps = { open: boolean; patient?: Named | undefined; onClose: () => void }

/** A written report, a certificate: what somebody owes besides appointments. */
export function ExtraFeeDialog({ open, patient, onClose }: ExtraFeeDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('fees.extra.title')}
      description={t('fees.extra.help')}
    >
      {open && <Fields patient={patient} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ patient, onClose }: Omit<ExtraFeeDialogProps, 'open'>) {
  const t = useMessages()
  const { data } = useEndpoint(listDues, { query: { limit: 1 } })
  const [picked, setPicked] = useState<Named | null>(patient ?? null)
  const [label, setLabel] = useState('')
  const [typed, setTyped] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const cents = centsIn(typed)
  const doneOn = day ?? data?.today ?? ''
  const add = useEndpoint(addExtraFee, {
    onSuccess: () => {
      notify.done({ title: t('fees.extra.done') })
      onClose()
    },
  })
  return (
    <Problems value={problemsByField(add.error)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!picked || !label.trim() || !cents || add.isPending) return
          add.mutate({ body: { patientId: picked.id, doneOn, label, cents } })
        }}
      >
        {add.error && <FormErrors error={add.error} />}
        {!patient && (
          <PatientPicker
            label={t('fees.pay.patient')}
            value={picked}
            onChange={setPicked}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
            autoFocus
            error={tried && !picked ? t('fees.patient.missing') : undefined}
          />
        )}
        <Field
          name="label"
          label={t('fees.extra.label')}
          help={t('fees.extra.label.help')}
          error={tried && !label.trim() ? t('fees.extra.label.missing') : undefined}
        >
          <Input value={label} onChange={setLabel} maxLength={120} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="cents"
            label={t('fees.pay.amount')}
            error={tried && !cents ? t('fees.pay.amount.wrong') : undefined}
          >
            <Input inputMode="decimal" value={typed} onChange={setTyped} maxLength={14} />
          </Field>
          <Field name="doneOn" label={t('fees.extra.on')}>
            <Input type="date" max={data?.today} value={doneOn} onChange={setDay} />
          </Field>
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" loading={add.isPending}>
            {t('fees.extra.submit')}
          </Button>
        </div>
      </form>
    </Problems>
  )
}
