import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { RevenueReport } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Amount } from '../figures-by-month.tsx'
import { availableTo, creditNotesTo, dueTo } from './addresses.ts'

/** What is due, counted twice: from what was issued and received, and from what each document and payment has left. */
export function ProofCard({ proof }: Pick<RevenueReport, 'proof'>) {
  const t = useMessages()
  const holds = proof.differenceCents === 0
  const Icon = holds ? CircleCheck : TriangleAlert
  const lines = [
    [t('billing.reports.proof.outstanding'), proof.outstandingCents, dueTo],
    // Not -0: nothing is nothing.
    [t('billing.reports.proof.credit-notes'), 0 - proof.creditNotesCents, creditNotesTo],
    [t('billing.reports.proof.available'), 0 - proof.availableCents, availableTo],
    [t('billing.reports.proof.due'), proof.dueCents, undefined],
  ] as const
  return (
    <Card title={t('billing.reports.proof')}>
      <dl className="text-13">
        {lines.map(([label, cents, to]) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line last:border-b-0 last:font-medium"
          >
            <dt>{label}</dt>
            <dd>
              <Amount cents={cents} to={to} />
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
    </Card>
  )
}
