/** One invoice as it was issued: lines, VAT per rate, what was paid. */
import { getInvoice, type Invoice } from '#contract/billing'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { invoiceName } from './invoice-name.ts'
import { InvoiceFacts } from './invoice-facts.tsx'
import { InvoiceLines } from './invoice-lines.tsx'
import { InvoicePayments } from './invoice-payments.tsx'
import { InvoiceSkeleton } from './invoice-skeleton.tsx'
import { InvoiceTotals } from './invoice-totals.tsx'
import { StateBadge } from './state-badge.tsx'

export function InvoicePage() {
  const t = useMessages()
  const invoice = useEndpoint(getInvoice, { params: { id: usePathParam('id') } })
  if (invoice.data) return <Shown invoice={invoice.data} />
  if (invoice.error) return <ErrorState error={invoice.error} onRetry={invoice.refetch} />
  return (
    <>
      <PageHeader title={t('billing.invoice')} />
      <InvoiceSkeleton />
    </>
  )
}

function Shown({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  return (
    <>
      <PageHeader
        title={t('billing.invoice.title', {
          kind: t(`billing.kind.${invoice.kind}`),
          number: invoiceName(invoice, t),
        })}
        count={<StateBadge {...invoice} />}
      />
      <div className="flex flex-col gap-4">
        <InvoiceFacts invoice={invoice} />
        <InvoiceLines invoice={invoice} />
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <InvoiceTotals invoice={invoice} />
          <InvoicePayments invoice={invoice} />
          <Cards quiet of="invoice" id={invoice.id} />
        </div>
      </div>
    </>
  )
}
