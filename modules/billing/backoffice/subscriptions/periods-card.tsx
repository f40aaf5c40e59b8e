import type { Subscription } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { invoiceTo } from '../addresses.ts'

/** Every period with its document: none is invoiced twice. */
export function PeriodsCard({ subscription: { periods } }: { subscription: Subscription }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Card title={t('billing.subscriptions.periods')} flush>
      {periods.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('billing.subscriptions.periods.none')}</p>
      ) : (
        <ul className="mt-1 max-h-96 overflow-y-auto pb-1 text-13">
          {periods.map((period) => (
            <li
              key={period.from}
              className="flex flex-wrap items-baseline gap-x-3 border-t border-line px-4 py-2"
            >
              <span className="tabular-nums">
                {t('billing.subscriptions.period', {
                  from: formats.day(period.from),
                  until: formats.day(period.until),
                })}
              </span>
              {period.invoiceId ? (
                <TextLink to={invoiceTo(period.invoiceId)}>
                  {period.number ?? t('billing.badge.invoice.draft')}
                </TextLink>
              ) : (
                <span className="text-ink-muted">
                  {period.why === 'nothing_due' || period.why === 'draft_discarded'
                    ? t(`billing.subscriptions.why.${period.why}`)
                    : MISSING}
                </span>
              )}
              {period.exclCents !== null && (
                <span className="ml-auto">
                  <Money cents={period.exclCents} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
