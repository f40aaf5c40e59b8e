import { Mail, Paperclip } from 'lucide-react'
import { useState } from 'react'
import type { DocumentLetter, getInvoiceLetter } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'

type Proposed = OutputOf<typeof getInvoiceLetter>

type SendDialogProps = {
  /** What would be written, once it has come. */
  letter: { data: Proposed | undefined; error: ApiError | null; refetch: () => unknown }
  running: boolean
  error: ApiError | null
  onSend: (letter: DocumentLetter) => void
  onClose: () => void
}

/** A document by mail: its file goes along, and the words are whoever sends it’s to change. */
export function SendDialog({ letter, ...rest }: SendDialogProps) {
  const t = useMessages()
  const [changed, setChanged] = useState<Partial<DocumentLetter>>({})
  const said = { to: '', subject: '', body: '', ...letter.data, ...changed }
  const part = (name: keyof DocumentLetter) => ({
    value: said[name],
    onChange: (value: string) => setChanged((before) => ({ ...before, [name]: value })),
  })
  return (
    <ActDialog
      wide
      title={t('billing.send')}
      action={t('billing.send.act')}
      icon={Mail}
      disabled={!letter.data}
      running={rest.running}
      error={rest.error}
      onSubmit={() => rest.onSend({ to: said.to, subject: said.subject, body: said.body })}
      onClose={rest.onClose}
    >
      {letter.error ? (
        <ErrorState error={letter.error} onRetry={letter.refetch} />
      ) : letter.data ? (
        <>
          <Field name="to" label={t('billing.send.to')}>
            <Input type="email" autoComplete="off" maxLength={254} {...part('to')} />
          </Field>
          <Field name="subject" label={t('billing.send.subject')}>
            <Input maxLength={150} {...part('subject')} />
          </Field>
          <Field name="body" label={t('billing.send.body')}>
            <Textarea rows={9} maxLength={5000} {...part('body')} />
          </Field>
          <p className="flex items-center gap-1.5 text-13 text-ink-muted">
            <Paperclip aria-hidden size={14} />
            {letter.data.file}
          </p>
        </>
      ) : (
        <Skeleton width="100%" height={220} />
      )}
    </ActDialog>
  )
}
