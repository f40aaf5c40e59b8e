import type { QuoteState } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<QuoteState, Tone> = {
  draft: 'neutral',
  sent: 'info',
  accepted: 'success',
  declined: 'danger',
  expired: 'warning',
}

export function QuoteBadge({ state }: { state: QuoteState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`billing.quote.state.${state}`)}</Badge>
}
