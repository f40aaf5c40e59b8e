import type { ReactNode } from 'react'
import { type Quote, sumsOf } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { invoiceTo } from '../addresses.ts'
import { ClientCardAlone } from '../editor/client-card.tsx'
import { InvoiceLines } from '../invoice-lines.tsx'
import { InvoiceTotals } from '../invoice-totals.tsx'
import { QuoteActs } from './quote-acts.tsx'
import { QuoteBadge } from './quote-badge.tsx'
import { quoteName } from './quote-columns.tsx'

/** What was offered, as it stands for good. */
export function OfferedQuote({ quote }: { quote: Quote }) {
  const t = useMessages()
  const may = useMay()
  const sums = sumsOf(quote.lines, quote.discount)
  const lines = quote.lines.map((line, index) => ({
    ...line,
    position: index + 1,
    quantity: Number(line.quantity),
    discountCents: sums.lines[index]?.discountCents ?? 0,
    exclCents: sums.lines[index]?.exclCents ?? 0,
  }))
  const vat = sums.vat.map(({ category, basisPoints, ...rest }) => ({
    ...rest,
    vatCategory: category,
    vatBasisPoints: basisPoints,
  }))
  return (
    <>
      <PageHeader
        title={t('billing.quote.title', { number: quoteName(quote, t) })}
        count={<QuoteBadge state={quote.state} />}
        secondary={may('invoices.write') && <QuoteActs quote={quote} />}
      />
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <InvoiceLines invoice={{ lines }} />
          <InvoiceTotals
            invoice={{
              vat,
              discountCents: sums.discountCents,
              exclCents: sums.exclCents,
              vatCents: sums.vatCents,
              inclCents: sums.inclCents,
            }}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ClientCardAlone clientId={quote.client.id} />
          <Card>
            <dl className="flex flex-col gap-2 text-13">
              <Fact label={t('billing.quote.issued-on')}>
                <DateText value={quote.issuedOn} />
              </Fact>
              <Fact label={t('billing.quote.valid-until')}>
                <DateText value={quote.validUntil} />
              </Fact>
              {quote.decidedAt && (
                <Fact label={t('billing.quote.decided')}>
                  <DateText value={quote.decidedAt} show="dayTime" />
                </Fact>
              )}
              {quote.orderReference && (
                <Fact label={t('billing.editor.order-reference')}>{quote.orderReference}</Fact>
              )}
            </dl>
            {quote.note && <p className="mt-3 text-13 whitespace-pre-wrap text-ink-muted">{quote.note}</p>}
          </Card>
          {quote.invoices.length > 0 && (
            <Card title={t('billing.related')} flush>
              <ul className="pb-1 text-13">
                {quote.invoices.map(({ id, typeCode, number, inclCents }) => (
                  <li key={id} className="flex items-baseline gap-2 border-t border-line px-4 py-2">
                    <span className="text-ink-muted">{t(`billing.type.${typeCode}`)}</span>
                    <TextLink to={invoiceTo(id)}>{number ?? t('billing.badge.invoice.draft')}</TextLink>
                    <span className="ml-auto">
                      <Money cents={inclCents} />
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-ink-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
