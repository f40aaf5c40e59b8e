import type { Claim } from '#contract/billing'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

/** What the law lets us claim today, each stretch of days with its rate. */
export function ClaimTable({
  claim,
  audience,
  claimed,
}: {
  claim: Claim
  audience: 'business' | 'private'
  /** Whether the letter below claims all of it; null: there is none. */
  claimed: boolean | null
}) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <section aria-label={t('billing.unpaid.claim')} className="rounded-control bg-sunken px-3 py-2.5 text-13">
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
        <dt>{t('billing.outstanding')}</dt>
        <dd className="text-right">
          <Money cents={claim.outstandingCents} />
        </dd>
        {audience === 'business' && (
          <>
            <dt>{t('billing.settings.terms.penalty')}</dt>
            <dd className="text-right">
              <Money cents={claim.penalties.cents} />
            </dd>
            <dt>{t('billing.settings.terms.indemnity')}</dt>
            <dd className="text-right">
              <Money cents={claim.indemnityCents} />
            </dd>
            <dt className="border-t border-line pt-1 font-semibold">{t('billing.unpaid.claim.total')}</dt>
            <dd className="border-t border-line pt-1 text-right font-semibold">
              <Money cents={claim.totalCents} />
            </dd>
          </>
        )}
      </dl>
      {audience === 'business' && claimed === false && (
        <p className="mt-1 text-12 text-ink-muted">{t('billing.unpaid.claim.later')}</p>
      )}
      {audience === 'private' ? (
        <p className="mt-1 text-12 text-ink-muted">{t('billing.unpaid.claim.private')}</p>
      ) : (
        claim.penalties.spans.length > 0 && (
          <details className="mt-2 text-12 text-ink-muted">
            <summary className="w-fit cursor-pointer rounded-small">{t('billing.unpaid.claim.how')}</summary>
            <p className="mt-1">{t('billing.unpaid.claim.rule')}</p>
            <ul className="mt-1 flex flex-col gap-0.5 tabular-nums">
              {claim.penalties.spans.map((span) => (
                <li key={span.from} className="flex flex-wrap gap-x-2">
                  <span>
                    <DateText value={span.from} /> – <DateText value={dayBefore(span.until)} />
                  </span>
                  <span>
                    {t('billing.unpaid.claim.span', {
                      days: span.days,
                      balance: formats.money(span.balanceCents),
                      rate: formats.rate(span.basisPoints),
                      amount: formats.money(span.cents),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )
      )}
    </section>
  )
}

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
