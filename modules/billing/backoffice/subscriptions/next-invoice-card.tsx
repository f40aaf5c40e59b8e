import { Plus, X } from 'lucide-react'
import { removeExtra, type Subscription, type SubscriptionLine } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

type NextInvoiceCardProps = { subscription: Subscription; mayWrite: boolean; onAdd: () => void }

/** The document of the next period as it would be made now: what the run makes is the same, to the cent. */
export function NextInvoiceCard({ subscription, mayWrite, onAdd }: NextInvoiceCardProps) {
  const t = useMessages()
  const formats = useFormats()
  const remove = useEndpoint(removeExtra)
  const { id, nextInvoice, extras } = subscription
  return (
    <Card
      title={t('billing.subscriptions.next-invoice')}
      actions={
        mayWrite &&
        nextInvoice && (
          <Button variant="ghost" icon={Plus} onClick={onAdd}>
            {t('billing.subscriptions.extra')}
          </Button>
        )
      }
    >
      {nextInvoice ? (
        <>
          <p className="mb-2 text-13 text-ink-muted">
            {t('billing.subscriptions.period', {
              from: formats.day(nextInvoice.from),
              until: formats.day(nextInvoice.until),
            })}
          </p>
          <Lines lines={nextInvoice.lines} />
          <dl className="mt-2 ml-auto grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1 text-13">
            <dt className="text-ink-muted">{t('billing.subscriptions.excl')}</dt>
            <dd className="text-right">
              <Money cents={nextInvoice.exclCents} />
            </dd>
            <dt className="text-ink-muted">{t('billing.subscriptions.vat')}</dt>
            <dd className="text-right">
              <Money cents={nextInvoice.vatCents} />
            </dd>
            <dt className="font-semibold">{t('billing.subscriptions.incl')}</dt>
            <dd className="text-right font-semibold">
              <Money cents={nextInvoice.inclCents} />
            </dd>
          </dl>
          {mayWrite && extras.length > 0 && (
            <ul
              className="mt-3 border-t border-line pt-2 text-13"
              aria-label={t('billing.subscriptions.extras')}
            >
              {extras.map((extra) => (
                <li key={extra.id} className="flex items-center gap-2 py-1">
                  <span className="min-w-0 text-ink-muted wrap-anywhere">{extra.description}</span>
                  <span className="ml-auto" />
                  <IconButton
                    icon={X}
                    label={t('billing.subscriptions.extra-remove', { what: extra.description })}
                    onClick={() => remove.mutate({ params: { id, extraId: extra.id } })}
                  />
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <p className="text-13 text-ink-muted">{t('billing.subscriptions.no-next')}</p>
      )}
    </Card>
  )
}

/** What a document says, a line each, with what each comes to. */
export function Lines({ lines }: { lines: readonly SubscriptionLine[] }) {
  const formats = useFormats()
  return (
    <ul className="text-13">
      {lines.map((line, place) => (
        // Two lines may say the same; they are shown, never moved.
        <li key={place} className="flex gap-3 border-t border-line py-1.5">
          <span className="min-w-0 grow whitespace-pre-line wrap-anywhere">{line.description}</span>
          <span className="shrink-0 text-ink-muted tabular-nums">
            {line.quantity} × {formats.money(line.unitPriceCents)}
          </span>
          <span className="w-24 shrink-0 text-right">
            <Money cents={line.exclCents} />
          </span>
        </li>
      ))}
    </ul>
  )
}
