import { Stamp } from 'lucide-react'
import { type checkDraft, finaliseInvoice, type TypeCode } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Ending } from './draft-editor.tsx'

type FinaliseDialogProps = {
  id: string
  typeCode: TypeCode
  /** Of the state that is about to be finalised. */
  check: OutputOf<typeof checkDraft>
  onEnding: (ending: Ending) => void
  onClose: () => void
}

/** What becomes of it, said before it does: from its number on nothing of it changes any more. */
export function FinaliseDialog({ id, typeCode, check, onEnding, onClose }: FinaliseDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const isCreditNote = typeCode === 381
  const finalise = useEndpoint(finaliseInvoice, {
    onSuccess: ({ number }) => {
      notify.done({
        title: t(isCreditNote ? 'billing.editor.finalised.credit' : 'billing.editor.finalised', { number }),
      })
      onClose()
    },
    onError: () => onEnding(null),
  })
  const { nextNumber, issuedOn, dueOn, sums, revision, findings } = check
  return (
    <ActDialog
      title={t('billing.editor.finalise.title', { number: nextNumber })}
      effects={[
        t('billing.editor.finalise.number', { number: nextNumber, day: formats.day(issuedOn) }),
        isCreditNote
          ? t('billing.editor.finalise.credited', { amount: formats.money(sums.inclCents) })
          : t('billing.editor.finalise.due', {
              amount: formats.money(sums.inclCents),
              day: formats.day(dueOn),
            }),
        ...(findings.length > 0 ? [t('billing.editor.finalise.warnings', { count: findings.length })] : []),
        t('billing.editor.finalise.for-ever'),
      ]}
      action={t('billing.editor.finalise.act', { number: nextNumber })}
      icon={Stamp}
      running={finalise.isPending || finalise.isSuccess}
      error={finalise.error}
      onSubmit={() => {
        onEnding('finalised')
        finalise.mutate({ params: { id }, body: { revision } })
      }}
      onClose={onClose}
    />
  )
}
