import { BellOff, BellRing } from 'lucide-react'
import { useState } from 'react'
import { pauseDunning, resumeDunning, type UnpaidInvoice } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** A client's reminders rest: a plan was agreed, a dispute is open. */
export function PauseDialog({ row, onClose }: { row: UnpaidInvoice; onClose: () => void }) {
  const t = useMessages()
  const [untilOn, setUntilOn] = useState(row.pause?.untilOn ?? '')
  const [why, setWhy] = useState(row.pause?.why ?? '')
  const params = { id: row.client.id }
  const name = `${row.client.firstName} ${row.client.lastName}`
  const pause = useEndpoint(pauseDunning, {
    onSuccess: () => {
      notify.done({ title: t('billing.unpaid.paused', { name }) })
      onClose()
    },
  })
  const resume = useEndpoint(resumeDunning, {
    onSuccess: () => {
      notify.done({ title: t('billing.unpaid.resumed', { name }) })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.unpaid.pause.title', { name })}
      description={t('billing.unpaid.pause.help')}
      action={t(row.pause ? 'billing.settings.save' : 'billing.unpaid.pause')}
      icon={BellOff}
      missing={why.trim().length < 3 ? [t('billing.unpaid.pause.why')] : []}
      running={pause.isPending || resume.isPending}
      error={pause.error ?? resume.error}
      onSubmit={() => pause.mutate({ params, body: { untilOn: untilOn === '' ? null : untilOn, why } })}
      onClose={onClose}
    >
      <Field name="why" label={t('billing.unpaid.pause.why')}>
        <Input value={why} maxLength={300} onChange={setWhy} />
      </Field>
      <Field
        name="untilOn"
        label={t('billing.unpaid.pause.until')}
        help={t('billing.unpaid.pause.until.help')}
        optional
      >
        <Input type="date" value={untilOn} onChange={setUntilOn} />
      </Field>
      {row.pause && (
        <Button
          icon={BellRing}
          className="self-start"
          loading={resume.isPending}
          onClick={() => resume.mutate({ params })}
        >
          {t('billing.unpaid.resume')}
        </Button>
      )}
    </ActDialog>
  )
}
