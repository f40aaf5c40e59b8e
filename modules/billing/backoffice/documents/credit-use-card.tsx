import { Banknote, Split } from 'lucide-react'
import { useState } from 'react'
import type { Invoice } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { invoiceTo } from '../addresses.ts'
import { RefundDialog } from '../payments/refund-dialog.tsx'
import { AllocateCreditDialog } from './allocate-credit-dialog.tsx'
import { creditLeftCents, documentCan } from './document-can.ts'

/** Which invoices a credit note pays, what of it was sent back, and what is left to be used. */
export function CreditUseCard({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const may = useMay()
  const [opened, setOpened] = useState<'allocate' | 'refund' | null>(null)
  const close = () => setOpened(null)
  const left = creditLeftCents(invoice)
  const line = 'flex min-h-8 items-center gap-2 border-t border-line py-1.5 first:border-t-0'
  return (
    <Card title={t('billing.credit.use')}>
      <ul className="text-13">
        {invoice.credits.map(({ id, number, amountCents }) => (
          <li key={id} className={line}>
            <span className="text-ink-muted">{t('billing.credit.pays')}</span>
            <TextLink to={invoiceTo(id)}>{number}</TextLink>
            <span className="ml-auto">
              <Money cents={amountCents} />
            </span>
          </li>
        ))}
        {invoice.payments.map(({ id, receivedOn, amountCents }) => (
          <li key={id} className={line}>
            <span className="text-ink-muted">{t('billing.credit.sent-back')}</span>
            <DateText value={receivedOn} />
            <span className="ml-auto">
              <Money cents={-amountCents} />
            </span>
          </li>
        ))}
        <li className={`${line} font-semibold`}>
          {t('billing.credit.left')}
          <span className="ml-auto">
            <Money cents={left} />
          </span>
        </li>
      </ul>
      {(documentCan.allocate(invoice, may) || documentCan.refund(invoice, may)) && (
        <div className="mt-3 flex flex-wrap gap-2">
          {documentCan.allocate(invoice, may) && (
            <Button icon={Split} onClick={() => setOpened('allocate')}>
              {t('billing.credit.allocate')}
            </Button>
          )}
          {documentCan.refund(invoice, may) && (
            <Button icon={Banknote} onClick={() => setOpened('refund')}>
              {t('billing.paying.act.refund')}
            </Button>
          )}
        </div>
      )}
      {opened === 'allocate' && <AllocateCreditDialog invoice={invoice} onClose={close} />}
      {opened === 'refund' && (
        <RefundDialog from={{ creditNoteId: invoice.id }} availableCents={left} onClose={close} />
      )}
    </Card>
  )
}
