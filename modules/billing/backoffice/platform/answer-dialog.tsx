import { MessageSquareReply } from 'lucide-react'
import { useState } from 'react'
import { answerInSandbox, platformStatuses, reasonsOf, type PlatformStatus } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { reasonWord, statusWord } from './platform-words.tsx'

/** Outside production somebody has to be platform and buyer. */
export function AnswerDialog({ invoiceId, onClose }: { invoiceId: string; onClose: () => void }) {
  const t = useMessages()
  const [code, setCode] = useState<PlatformStatus>(205)
  const [reason, setReason] = useState<string | null>(null)
  const reasons = reasonsOf(code)
  const answer = useEndpoint(answerInSandbox, {
    onSuccess: () => {
      notify.done({ title: t('billing.platform.answer.done') })
      onClose()
    },
  })
  const choose = (chosen: string) => {
    const status = platformStatuses.find((one) => String(one) === chosen)
    if (status === undefined) return
    setCode(status)
    setReason(reasonsOf(status)[0] ?? null)
  }
  return (
    <ActDialog
      title={t('billing.platform.answer')}
      description={t('billing.platform.sandbox.help')}
      action={t('billing.platform.answer.send')}
      icon={MessageSquareReply}
      running={answer.isPending}
      error={answer.error}
      onSubmit={() => answer.mutate({ body: { invoiceId, code, reasonCode: reason } })}
      onClose={onClose}
    >
      <Field name="code" label={t('billing.platform.answer.status')}>
        <Select
          options={platformStatuses.map((one) => ({ value: String(one), label: statusWord(one, t) }))}
          value={String(code)}
          onChange={choose}
        />
      </Field>
      {reasons.length > 0 && (
        <Field name="reasonCode" label={t('billing.platform.answer.reason')}>
          <Select
            options={reasons.map((one) => ({ value: one, label: reasonWord(one, t) }))}
            value={reason}
            onChange={setReason}
          />
        </Field>
      )}
    </ActDialog>
  )
}
