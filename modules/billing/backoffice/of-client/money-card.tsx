/** On a client's own page: what they owe and have to their credit, what is collected by, and what was written to them. */
import { type ClientAccount, getClientAccount, getClientDunning, listMandates } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { invoiceTo } from '../addresses.ts'
import { MandateFact } from './mandate-fact.tsx'
import { MoneyLine } from './money-line.tsx'
import { RemindersFact } from './reminders-fact.tsx'

export function MoneyCard({ id }: CardProps) {
  const t = useMessages()
  const account = useEndpoint(getClientAccount, { params: { clientId: id } })
  const mandates = useEndpoint(listMandates, { query: { client: id } })
  const dunning = useEndpoint(getClientDunning, { params: { id } })
  const error = account.error ?? mandates.error ?? dunning.error
  // Somebody else's client: their money is none of whoever looks.
  if (error?.code === 'not_found') return null
  return (
    <Card title={t('billing.of-client')}>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => [account, mandates, dunning].forEach(({ refetch }) => void refetch())}
        />
      ) : account.data && mandates.data && dunning.data ? (
        <dl className="flex flex-col text-13">
          <Balance id={id} account={account.data} />
          <MandateFact mandates={mandates.data.rows} />
          <RemindersFact clientId={id} dunning={dunning.data} owes={account.data.owedCents > 0} />
        </dl>
      ) : (
        <div aria-hidden className="flex flex-col gap-4 py-2">
          <Skeleton width="60%" />
          <Skeleton width="45%" />
          <Skeleton width="70%" />
        </div>
      )}
    </Card>
  )
}

/** What is owed, and what waits for an invoice: each with the way to its lines. */
function Balance({ id, account }: { id: string; account: ClientAccount }) {
  const t = useMessages()
  const formats = useFormats()
  const { owedCents, creditCents, openInvoices, payments, creditNotes } = account
  return (
    <>
      <MoneyLine label={t('billing.outstanding')}>
        {owedCents === 0 ? (
          <span className="text-ink-muted">{t('billing.of-client.owes-nothing')}</span>
        ) : (
          <TextLink to={`/invoices?client=${id}&state=unpaid`}>
            {t('billing.of-client.owes', {
              amount: formats.money(owedCents),
              count: openInvoices.length,
              shown: formats.integer(openInvoices.length),
            })}
          </TextLink>
        )}
      </MoneyLine>
      {creditCents > 0 && (
        <MoneyLine label={t('billing.of-client.credit')}>
          <span className="font-medium tabular-nums">{formats.money(creditCents)}</span>
          <ul className="mt-0.5 flex flex-col gap-0.5">
            {payments.map((payment) => (
              <li key={payment.id} className="flex flex-wrap gap-x-2">
                <TextLink to={`/payments?client=${id}&state=available`}>
                  {t('billing.of-client.overpaid', {
                    amount: formats.money(payment.availableCents),
                    method: t(`billing.method.${payment.method}`),
                  })}
                </TextLink>
                <span className="text-ink-muted">
                  <DateText value={payment.receivedOn} />
                </span>
              </li>
            ))}
            {creditNotes.map((note) => (
              <li key={note.id} className="flex flex-wrap gap-x-2">
                <TextLink to={invoiceTo(note.id)}>
                  {t('billing.of-client.credit-note', {
                    amount: formats.money(note.availableCents),
                    number: note.number,
                  })}
                </TextLink>
                <span className="text-ink-muted">
                  <DateText value={note.issuedOn} />
                </span>
              </li>
            ))}
          </ul>
        </MoneyLine>
      )}
    </>
  )
}
