/** One document: while it is a draft its editor, for whoever may write; else what was issued. */
import { FileX } from 'lucide-react'
import { getDraft, getInvoice, type Invoice } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { invoicesTo } from './addresses.ts'
import { IssuedPage } from './documents/issued-page.tsx'
import { DraftEditor } from './editor/draft-editor.tsx'
import { InvoiceSkeleton } from './invoice-skeleton.tsx'

export function InvoicePage() {
  const may = useMay()
  const invoice = useEndpoint(getInvoice, { params: { id: usePathParam('id') } })
  if (invoice.error && !invoice.data)
    return (
      <RecordUnreadable
        error={invoice.error}
        retry={invoice.refetch}
        icon={FileX}
        title="billing.invoice"
        missing="billing.invoice.missing"
        help="billing.invoice.missing.help"
        back="billing.invoice.back"
        backTo={invoicesTo}
      />
    )
  if (!invoice.data) return <Coming />
  const { id, state } = invoice.data
  return state === 'draft' && may('invoices.write') ? (
    <Draft key={id} invoice={invoice.data} />
  ) : (
    <IssuedPage key={id} invoice={invoice.data} />
  )
}

function Draft({ invoice }: { invoice: Invoice }) {
  const { data } = useEndpoint(getDraft, { params: { id: invoice.id } })
  return data ? <DraftEditor draft={data} /> : <Coming />
}

function Coming() {
  const t = useMessages()
  return (
    <>
      <PageHeader title={t('billing.invoice')} />
      <InvoiceSkeleton />
    </>
  )
}
