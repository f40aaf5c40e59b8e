import type { Message, MessageState } from '#contract/reminders'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<MessageState, Tone> = {
  waiting: 'info',
  sending: 'info',
  sent: 'success',
  failed: 'danger',
  cancelled: 'neutral',
}

/** Where a message got to; one that was captured left for nobody, and says so. */
export function StateBadge({
  message: { state, captured },
}: {
  message: Pick<Message, 'state' | 'captured'>
}) {
  const t = useMessages()
  return captured ? (
    <Badge tone="neutral">{t('reminders.captured')}</Badge>
  ) : (
    <Badge tone={tones[state]}>{t(`reminders.state.${state}`)}</Badge>
  )
}
