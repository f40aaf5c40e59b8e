import type { ReactNode } from 'react'
import type { Invoice } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { creditLeftCents } from './documents/document-can.ts'
import { clientName } from './invoice-name.ts'

/** Who owes what, until when: what one opens an invoice for. */
export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const name = clientName(invoice)
  const isCredit = invoice.kind === 'credit_note'
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-4">
        <Fact label={t('billing.client')} wide>
          {may('clients.read') ? <TextLink to={`/clients/${invoice.client.id}`}>{name}</TextLink> : name}
          <span className="block truncate text-12 text-ink-muted">{invoice.client.email}</span>
        </Fact>
        <Fact label={t(isCredit ? 'billing.verify.issuedOn' : 'billing.issued-on')}>
          <DateText value={invoice.issuedOn} />
        </Fact>
        {!isCredit && (
          <Fact label={t('billing.due-on')}>
            <DateText value={invoice.dueOn} />
            {invoice.daysLate > 0 && (
              <span className="block text-12 font-medium text-danger-ink">
                {t('billing.late-by', {
                  count: invoice.daysLate,
                  shown: formats.integer(invoice.daysLate),
                })}
              </span>
            )}
          </Fact>
        )}
        <Fact label={t(isCredit ? 'billing.credit.left' : 'billing.outstanding')}>
          <span className="text-16 font-semibold">
            <Money cents={isCredit ? creditLeftCents(invoice) : invoice.outstandingCents} />
          </span>
          <span className="block text-12 text-ink-muted">
            {t('billing.of-total', {
              total: formats.money(isCredit ? -invoice.inclCents : invoice.inclCents),
            })}
          </span>
        </Fact>
      </dl>
      <div className="mt-3 -ml-1">
        <CopyId id={invoice.id} label={t('billing.id')} />
      </div>
    </Card>
  )
}

function Fact({ label, wide, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={cx('min-w-0', wide && 'max-lg:col-span-2')}>
      <dt className="text-12 text-ink-muted">{label}</dt>
      <dd className="mt-0.5 text-14">{children}</dd>
    </div>
  )
}
