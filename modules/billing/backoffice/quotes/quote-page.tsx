/** One quote: while it is a draft its editor, then what was offered and what became of it. */
import { FileX } from 'lucide-react'
import { useState } from 'react'
import { getQuote } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { quotesTo } from '../addresses.ts'
import { useUsualVat } from '../editor/use-usual-vat.ts'
import { InvoiceSkeleton } from '../invoice-skeleton.tsx'
import { OfferedQuote } from './offered-quote.tsx'
import { QuoteEditor } from './quote-editor.tsx'

export function QuotePage() {
  const t = useMessages()
  const may = useMay()
  const id = usePathParam('id')
  /** Thrown away: it is not asked for again. */
  const [gone, setGone] = useState<string | null>(null)
  const { data, error, refetch } = useEndpoint(getQuote, { params: { id } }, { enabled: gone !== id })
  const usualVat = useUsualVat()
  if (data && usualVat !== undefined)
    return data.state === 'draft' && may('invoices.write') ? (
      <QuoteEditor
        key={id}
        quote={data}
        usualVat={usualVat}
        onGone={(isGone) => setGone(isGone ? id : null)}
      />
    ) : (
      <OfferedQuote key={id} quote={data} />
    )
  if (error)
    return (
      <RecordUnreadable
        error={error}
        retry={refetch}
        icon={FileX}
        title="billing.quote.one"
        missing="billing.quote.missing"
        help="billing.quote.missing.help"
        back="billing.quote.back"
        backTo={quotesTo}
      />
    )
  return (
    <>
      <PageHeader title={t('billing.quote.one')} />
      <InvoiceSkeleton />
    </>
  )
}
