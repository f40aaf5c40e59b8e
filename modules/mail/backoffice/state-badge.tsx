import type { MailState } from '#contract/mail'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<MailState, Tone> = {
  queued: 'warning',
  sent: 'success',
  captured: 'info',
  failed: 'danger',
}

/** How far a mail got, in one word. */
export function StateBadge({ state }: { state: MailState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`mail.state.${state}`)}</Badge>
}
