import type { InvoiceState, InvoiceSummary } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<InvoiceState, Tone> = {
  draft: 'neutral',
  issued: 'info',
  unpaid: 'info',
  paid: 'success',
  credited: 'neutral',
  overdue: 'danger',
}

/** Where a document stands, in one word. */
export function StateBadge({ kind, state }: Pick<InvoiceSummary, 'kind' | 'state'>) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`billing.badge.${kind}.${state}`)}</Badge>
}
