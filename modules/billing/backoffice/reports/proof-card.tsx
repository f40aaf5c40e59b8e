import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { RevenueReport } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

/** What is due, counted twice: from what was issued and received, and from what each document and payment has left. */
export function ProofCard({ proof, asOf }: Pick<RevenueReport, 'proof' | 'asOf'>) {
  const t = useMessages()
  const holds = proof.differenceCents === 0
  const Icon = holds ? CircleCheck : TriangleAlert
  const lines = [
    [t('billing.reports.proof.outstanding'), proof.outstandingCents],
    [t('billing.reports.proof.credit-notes'), -proof.creditNotesCents],
    [t('billing.reports.proof.available'), -proof.availableCents],
    [t('billing.reports.proof.due'), proof.dueCents],
  ] as const
  return (
    <Card title={t('billing.reports.proof')}>
      <dl className="text-13">
        {lines.map(([label, cents]) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line last:border-b-0 last:font-medium"
          >
            <dt>{label}</dt>
            <dd>
              <Money cents={cents} />
            </dd>
          </div>
        ))}
      </dl>
      <p
        className={`mt-2 flex items-start gap-1.5 text-12 ${holds ? 'text-success-ink' : 'text-danger-ink'}`}
      >
        <Icon aria-hidden size={16} className="shrink-0" />
        <span>{t(holds ? 'billing.reports.proof.holds' : 'billing.reports.proof.broken')}</span>
      </p>
      <p className="mt-1 text-12 text-ink-muted">
        {t('billing.reports.as-of')} <DateText value={asOf} show="dayTime" />
      </p>
    </Card>
  )
}
