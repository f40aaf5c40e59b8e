/** A document that bears its number: what it says, what became of it, and what proves it. */
import { useEffect } from 'react'
import type { Invoice } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { InternalNote } from '../editor/internal-note.tsx'
import { InvoiceFacts } from '../invoice-facts.tsx'
import { InvoiceLines } from '../invoice-lines.tsx'
import { invoiceName } from '../invoice-name.ts'
import { InvoicePayments } from '../invoice-payments.tsx'
import { CardPayments } from '../payments/card-card.tsx'
import { InvoiceTotals } from '../invoice-totals.tsx'
import { PlatformCard } from '../platform/platform-card.tsx'
import { RefusedBadge } from '../platform/refused-badge.tsx'
import { StateBadge } from '../state-badge.tsx'
import { asPrinted } from './as-printed.ts'
import { CreditUseCard } from './credit-use-card.tsx'
import { IssuedActs } from './issued-acts.tsx'
import { LifeCard } from './life-card.tsx'
import { ProofCard } from './proof-card.tsx'
import { RelatedCard } from './related-card.tsx'

export function IssuedPage({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const { id } = invoice
  const printed = asPrinted(invoice)
  // The draft that stood here took the focus with it: the issued document has it, as a page that one comes to.
  useEffect(() => {
    if (document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <PageHeader
        title={t('billing.invoice.title', {
          kind: t(`billing.type.${invoice.typeCode}`),
          number: invoiceName(invoice, t),
        })}
        count={
          <span className="flex flex-wrap items-center gap-2">
            <StateBadge {...invoice} />
            {invoice.isFrozen && <RefusedBadge id={id} />}
          </span>
        }
        secondary={invoice.number !== null && <IssuedActs invoice={invoice} />}
      />
      {/* Side by side, or one under the other with what is owed on top. */}
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <InvoiceFacts invoice={invoice} />
          <InvoiceLines invoice={printed} />
          {invoice.note !== '' && (
            <Card title={t('billing.editor.printed-note')}>
              <p className="text-13 break-words whitespace-pre-line">{invoice.note}</p>
            </Card>
          )}
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <InvoiceTotals invoice={printed} />
            {invoice.kind === 'credit_note' ? (
              <CreditUseCard invoice={invoice} />
            ) : (
              <InvoicePayments invoice={invoice} />
            )}
            <CardPayments invoice={invoice} />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RelatedCard invoice={invoice} />
          {invoice.number !== null && <LifeCard id={id} />}
          {invoice.isFrozen && <PlatformCard invoice={invoice} />}
          {invoice.isFrozen && <ProofCard id={id} />}
          <InternalNote key={id} id={id} note={invoice.internalNote} />
          <Cards quiet of="invoice" id={id} />
        </div>
      </div>
    </>
  )
}
