/** One document: while it is a draft its editor, for whoever may write; else what was issued. */
import { FileX } from 'lucide-react'
import { useState } from 'react'
import { getDraft, getInvoice, type Invoice } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { invoicesTo } from './addresses.ts'
import { IssuedPage } from './documents/issued-page.tsx'
import { DraftEditor, type Ending } from './editor/draft-editor.tsx'
import { useUsualVat } from './editor/use-usual-vat.ts'
import { InvoiceSkeleton } from './invoice-skeleton.tsx'

export function InvoicePage() {
  const may = useMay()
  const id = usePathParam('id')
  const [ended, setEnded] = useState<{ id: string; ending: Ending }>({ id, ending: null })
  // Another document is at the beginning again.
  const ending = ended.id === id ? ended.ending : null
  const invoice = useEndpoint(getInvoice, { params: { id } }, { enabled: ending !== 'discarded' })
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
  return invoice.data.state === 'draft' && may('invoices.write') ? (
    <Draft
      key={id}
      invoice={invoice.data}
      ending={ending}
      onEnding={(next) => setEnded({ id, ending: next })}
    />
  ) : (
    <IssuedPage key={id} invoice={invoice.data} />
  )
}

type DraftProps = { invoice: Invoice; ending: Ending; onEnding: (ending: Ending) => void }

function Draft({ invoice, ...ends }: DraftProps) {
  const { data, error, refetch } = useEndpoint(
    getDraft,
    { params: { id: invoice.id } },
    { enabled: ends.ending === null },
  )
  const usualVat = useUsualVat()
  if (data && usualVat !== undefined) return <DraftEditor draft={data} usualVat={usualVat} {...ends} />
  return error ? <ErrorState error={error} onRetry={refetch} /> : <Coming />
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
