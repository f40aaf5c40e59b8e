import type { RevenueReport } from '#contract/billing'
import { KpiCard } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { dueTo, netTo } from './addresses.ts'

/** What is left to collect now, as the dashboard and the list say it; of a year that is over, what was due at its end. */
export function DueCard({ report: { asOf, months, openingCents, proof, year } }: { report: RevenueReport }) {
  const t = useMessages()
  const formats = useFormats()
  const balance = formats.money(months.at(-1)?.dueCents ?? 0)
  const opening = { label: t('billing.reports.opening.of-due'), value: formats.money(openingCents) }
  const unit = t('billing.reports.incl')
  if (Number(asOf.slice(0, 4)) > year)
    return (
      <KpiCard
        label={t('billing.reports.balance-of', { year: String(year) })}
        value={balance}
        unit={unit}
        to={netTo(String(year))}
        details={[opening]}
      />
    )
  return (
    <KpiCard
      label={t('billing.reports.due')}
      value={formats.money(proof.outstandingCents)}
      unit={unit}
      to={dueTo}
      details={[{ label: t('billing.reports.balance'), value: balance }, opening]}
    />
  )
}
