/** On an invoice's page: the link by which its client pays by card. */
import { CreditCard } from 'lucide-react'
import { type Invoice, listCardCheckouts, openCardCheckout } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

export function CardPayments({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const may = useMay()
  const { data } = useEndpoint(listCardCheckouts, { params: { id: invoice.id } })
  const open = useEndpoint(openCardCheckout, {
    onError: (problem) => notify.failed({ title: sentenceOf(problem, t) }),
  })
  const canOpen = data?.available && invoice.outstandingCents > 0 && may('payments.write')
  if (!data || (data.rows.length === 0 && !canOpen)) return null
  const hasOpen = data.rows.some(
    (row) => row.state === 'open' && row.amountCents === invoice.outstandingCents,
  )
  return (
    <Card
      title={t('billing.card.title')}
      actions={
        canOpen &&
        !hasOpen && (
          <Button
            size="small"
            icon={CreditCard}
            loading={open.isPending}
            onClick={() => open.mutate({ params: { id: invoice.id } })}
          >
            {t('billing.card.open')}
          </Button>
        )
      }
    >
      {data.rows.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('billing.card.help')}</p>
      ) : (
        <ul className="flex flex-col gap-2 text-13">
          {data.rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center gap-2">
              <Badge tone={row.state === 'paid' ? 'success' : row.state === 'open' ? 'info' : 'neutral'}>
                {t(`billing.card.state.${row.state}`)}
              </Badge>
              <Money cents={row.amountCents} />
              {row.url && (
                <span className="ml-auto flex items-center gap-2">
                  <a className="text-accent-ink underline" href={row.url}>
                    {t('billing.card.page')}
                  </a>
                  <CopyButton text={row.url} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
