/** The next letter as it would leave, with what would be claimed and how it was reckoned. */
import { Send } from 'lucide-react'
import { useState } from 'react'
import { previewLetter, sendLetter } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { useClosing } from '#platform/ui/closing.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ClaimTable } from './claim-table.tsx'
import { FormerLetters } from './former-letters.tsx'

type Preview = OutputOf<typeof previewLetter>

export function LetterSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(previewLetter, { params: { id } })
  const [changed, setChanged] = useState(false)
  const { close, question } = useClosing(changed, onClose)
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && close()}
      title={
        data?.letter
          ? t('billing.unpaid.letter.title', { step: data.letter.step, of: data.letter.of })
          : t('billing.unpaid.letter')
      }
      description={
        data && `${data.invoice.number} · ${data.invoice.client.firstName} ${data.invoice.client.lastName}`
      }
    >
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={320} width="100%" />}
      {data && (
        <div className="flex flex-col gap-5">
          <ClaimTable
            claim={data.claim}
            audience={data.invoice.audience}
            claimed={data.letter?.withPenalties ?? null}
          />
          {data.letter && (
            <Letter
              key={data.claim.outstandingCents}
              preview={data}
              onChanged={setChanged}
              onCancel={close}
              onClose={onClose}
            />
          )}
          {!data.letter && (
            <p className="text-13 text-ink-muted">
              {t(`billing.unpaid.withheld.${data.invoice.withheld ?? 'last_sent'}`)}
            </p>
          )}
          <FormerLetters clientId={data.invoice.client.id} invoiceId={id} />
        </div>
      )}
      {question}
    </Sheet>
  )
}

type LetterProps = {
  preview: Preview
  /** Whether what the installation wrote was changed by hand. */
  onChanged: (changed: boolean) => void
  onCancel: () => void
  onClose: () => void
}

function Letter({ preview: { invoice, claim, letter }, onChanged, onCancel, onClose }: LetterProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()('payments.write')
  const begun = { subject: letter?.subject ?? '', body: letter?.body ?? '' }
  const [draft, setDraft] = useState(begun)
  const change = (part: Partial<typeof begun>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    onChanged(JSON.stringify(next) !== JSON.stringify(begun))
  }
  const [sent, setSent] = useState(false)
  const send = useEndpoint(sendLetter, {
    onSuccess: () => {
      setSent(true)
      notify.done({ title: t('billing.unpaid.sent') })
      onClose()
    },
  })
  if (!letter) return null
  const held = invoice.withheld
  const why = held
    ? t(`billing.unpaid.withheld.${held}`)
    : !invoice.ready
      ? t('billing.unpaid.early', { day: formats.day(invoice.next?.on) })
      : null
  if (!may || why)
    return (
      <section aria-label={t('billing.unpaid.letter')} className="flex flex-col gap-2">
        {why && <p className="rounded-control bg-sunken px-3 py-2 text-13">{why}</p>}
        <p className="text-13 font-medium" lang="fr">
          {letter.subject}
        </p>
        <p className="text-13 whitespace-pre-line" lang="fr">
          {letter.body}
        </p>
        {may && held === null && (
          <Button className="self-start" onClick={onClose}>
            {t('ui.close')}
          </Button>
        )}
      </section>
    )
  return (
    <Form
      submit={t('billing.unpaid.send')}
      onCancel={onCancel}
      saving={send.isPending}
      error={send.error}
      dirty={!sent && JSON.stringify(draft) !== JSON.stringify(begun)}
      onSubmit={() =>
        send.mutate({
          params: { id: invoice.id },
          body: { step: letter.step, outstandingCents: claim.outstandingCents, ...draft },
        })
      }
    >
      <p className="flex items-center gap-2 text-13">
        <Send aria-hidden size={14} className="text-ink-muted" />
        {t('billing.unpaid.to', { address: letter.to })}
      </p>
      <Field name="subject" label={t('billing.settings.dunning.subject')}>
        <Input value={draft.subject} maxLength={150} onChange={(subject) => change({ subject })} />
      </Field>
      <Field name="body" label={t('billing.settings.dunning.body')}>
        <Textarea rows={14} value={draft.body} onChange={(body) => change({ body })} />
      </Field>
    </Form>
  )
}
