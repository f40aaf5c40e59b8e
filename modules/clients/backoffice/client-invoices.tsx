import { Plus } from 'lucide-react'
import { createDraft, type InvoiceState, type InvoiceSummary, listInvoices } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { Link, TextLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'

const SHOWN = 5

/** The latest documents that were issued, what is still to be paid, how many drafts wait, and the way to all of them. */
export function ClientInvoices({ clientId }: { clientId: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { data, error, refetch } = useEndpoint(listInvoices, {
    query: { client: clientId, state: 'issued', limit: SHOWN },
  })
  const drafts = useEndpoint(listInvoices, { query: { client: clientId, state: 'draft', limit: 1 } }).data
  const may = useMay()
  const go = useGo()
  const begin = useEndpoint(createDraft, {
    onSuccess: ({ id }) => go(`/invoices/${id}`),
    onError: (problem) => notify.failed({ title: sentenceOf(problem, t) }),
  })
  const unpaid = data?.sums?.outstandingCents ?? 0
  return (
    <Card
      flush
      title={t('clients.card.invoices')}
      actions={
        <>
          {data && data.total > 0 && (
            <>
              {unpaid > 0 && (
                <Badge tone="warning">
                  {t('clients.invoices.unpaid', { amount: formats.money(unpaid) })}
                </Badge>
              )}
              <TextLink to={`/invoices?client=${clientId}&state=issued`} className="mx-2 text-13">
                {t('clients.invoices.all', { count: data.total, shown: formats.integer(data.total) })}
              </TextLink>
            </>
          )}
          {may('invoices.write') && (
            <Button
              size="small"
              icon={Plus}
              loading={begin.isPending || begin.isSuccess}
              onClick={() => begin.mutate({ body: { clientId } })}
            >
              {t('clients.invoices.new')}
            </Button>
          )}
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data?.rows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('clients.invoices.none')}</p>
      ) : (
        <ul className="mt-1">
          {data
            ? data.rows.map((invoice) => <InvoiceLine key={invoice.id} invoice={invoice} />)
            : [72, 64, 80].map((width) => (
                <li key={width} className="flex h-10 items-center border-t border-line px-4">
                  <Skeleton width={`${width}%`} />
                </li>
              ))}
        </ul>
      )}
      {drafts && drafts.total > 0 && (
        <p className="border-t border-line px-4 py-2 text-13">
          <TextLink to={`/invoices?client=${clientId}&state=draft`}>
            {t('clients.invoices.drafts', { count: drafts.total, shown: formats.integer(drafts.total) })}
          </TextLink>
          {drafts.sums && (
            <span className="ml-2 text-ink-muted tabular-nums">{formats.money(drafts.sums.inclCents)}</span>
          )}
        </p>
      )}
    </Card>
  )
}

const tones: Record<InvoiceState, Tone> = {
  draft: 'neutral',
  issued: 'info',
  paid: 'success',
  credited: 'neutral',
  unpaid: 'info',
  overdue: 'danger',
}

function InvoiceLine({ invoice }: { invoice: InvoiceSummary }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <li className="border-t border-line last:rounded-b-card">
      <Link
        to={`/invoices/${invoice.id}`}
        className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-13 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="w-36 font-medium tabular-nums">{invoice.number ?? MISSING}</span>
        <span className="w-24 text-ink-muted">
          <DateText value={invoice.issuedOn} />
        </span>
        <Badge tone={tones[invoice.state]}>
          {invoice.kind === 'credit_note'
            ? t('clients.invoices.credit-note')
            : t(`clients.invoices.state.${invoice.state}`)}
        </Badge>
        <span className="ml-auto font-medium tabular-nums">{formats.money(invoice.inclCents)}</span>
      </Link>
    </li>
  )
}
