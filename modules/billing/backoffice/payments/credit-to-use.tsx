import { Split } from 'lucide-react'
import { type ClientAccount, getInvoice, getPayment } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { AllocateCreditDialog } from '../documents/allocate-credit-dialog.tsx'
import { AllocateDialog } from './allocate-dialog.tsx'

/** A payment with something left, or a credit note. */
export type Usable = { kind: 'payment' | 'credit_note'; id: string }

type CreditToUseProps = {
  account: Pick<ClientAccount, 'payments' | 'creditNotes'>
  onUse: (one: Usable) => void
}

/** What the client has to their credit already, before more money is written down for what they owe. */
export function CreditToUse({ account: { payments, creditNotes }, onUse }: CreditToUseProps) {
  const t = useMessages()
  const formats = useFormats()
  if (payments.length + creditNotes.length === 0) return null
  const lines = [
    ...creditNotes.map(({ id, number, availableCents }) => ({
      id,
      kind: 'credit_note' as const,
      text: t('billing.of-client.credit-note', { amount: formats.money(availableCents), number }),
    })),
    ...payments.map(({ id, method, receivedOn, availableCents }) => ({
      id,
      kind: 'payment' as const,
      text: `${t('billing.of-client.overpaid', {
        amount: formats.money(availableCents),
        method: t(`billing.method.${method}`),
      })} · ${formats.day(receivedOn)}`,
    })),
  ]
  return (
    <section
      aria-label={t('billing.paying.credit-to-use')}
      className="flex flex-col gap-1.5 rounded-control bg-info-soft px-3 py-2 text-13"
    >
      <h3 className="font-medium text-info-ink">{t('billing.paying.credit-to-use')}</h3>
      <ul className="flex max-h-40 flex-col gap-1.5 overflow-y-auto">
        {lines.map(({ id, kind, text }) => (
          <li key={id} className="flex items-center gap-3">
            <span className="min-w-0 flex-1 tabular-nums">{text}</span>
            <Button size="small" icon={Split} onClick={() => onUse({ kind, id })}>
              {t(kind === 'payment' ? 'billing.paying.act.allocate' : 'billing.credit.allocate')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** In the place of the dialog it was begun from, which is there again afterwards. */
export function UseCreditDialog({ of: { kind, id }, onClose }: { of: Usable; onClose: () => void }) {
  const payment = useEndpoint(getPayment, { params: { id } }, { enabled: kind === 'payment' })
  const note = useEndpoint(getInvoice, { params: { id } }, { enabled: kind === 'credit_note' })
  if (payment.data) return <AllocateDialog usesLeft payment={payment.data} onClose={onClose} />
  if (note.data) return <AllocateCreditDialog usesLeft invoice={note.data} onClose={onClose} />
  return null
}
