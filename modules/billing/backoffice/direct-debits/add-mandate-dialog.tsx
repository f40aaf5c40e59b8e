import { FileSignature } from 'lucide-react'
import { useState } from 'react'
import { addMandate } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ClientChoice } from '../editor/client-choice.tsx'

const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()

/** What the client signed: whose account, which one, and when. */
export function AddMandateDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const [clientId, setClientId] = useState<string | null>(null)
  const [holder, setHolder] = useState('')
  const [filled, setFilled] = useState('')
  const [iban, setIban] = useState('')
  const [bic, setBic] = useState('')
  const [signedOn, setSignedOn] = useState(today)
  const [reference, setReference] = useState('')
  const add = useEndpoint(addMandate, {
    onSuccess: () => {
      notify.done({ title: t('billing.debit.mandate.added') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.debit.mandate.new')}
      description={t('billing.debit.mandate.help')}
      action={t('billing.debit.mandate.add')}
      icon={FileSignature}
      missing={[
        ...(clientId === null ? [t('billing.client')] : []),
        ...(holder.trim() === '' ? [t('billing.debit.mandate.holder')] : []),
        ...(iban.trim() === '' ? [t('billing.debit.iban')] : []),
      ]}
      running={add.isPending || add.isSuccess}
      error={add.error}
      onSubmit={() =>
        clientId !== null &&
        add.mutate({
          body: {
            clientId,
            holder,
            iban,
            bic: bic.trim() === '' ? null : bic,
            signedOn,
            ...(reference.trim() !== '' && { reference }),
          },
        })
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <Field label={t('billing.client')} name="clientId">
          <ClientChoice
            disabled={add.isPending}
            onChoose={(id, name) => {
              setClientId(id)
              // Most sign for an account of their own.
              if (holder === '' || holder === filled) setHolder(name)
              setFilled(name)
            }}
          />
        </Field>
        <Field label={t('billing.debit.mandate.holder')} name="holder">
          <Input value={holder} onChange={setHolder} maxLength={70} autoComplete="off" />
        </Field>
        <Field label={t('billing.debit.iban')} name="iban">
          <Input value={iban} onChange={setIban} autoComplete="off" spellCheck={false} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('billing.debit.bic')} name="bic" optional>
            <Input value={bic} onChange={setBic} autoComplete="off" spellCheck={false} />
          </Field>
          <Field label={t('billing.debit.signed-on')} name="signedOn">
            <Input type="date" value={signedOn} max={today()} onChange={setSignedOn} />
          </Field>
        </div>
        <Field
          label={t('billing.debit.mandate.reference')}
          name="reference"
          help={t('billing.debit.mandate.reference.help')}
          optional
        >
          <Input value={reference} onChange={setReference} maxLength={35} autoComplete="off" />
        </Field>
      </div>
    </ActDialog>
  )
}
