/** How a mail is spoken of: who claims to write, and why it lies where it lies. */
import type { ReceivedMailRow, ReceivedReason } from '#contract/support'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

export const senderName = ({ name, email }: ReceivedMailRow['from'], t: Translate): string =>
  name || email || t('support.received.no-sender')

/** Red where somebody may pretend to be somebody else; grey where it is only a machine's. */
const tones: Record<ReceivedReason, Tone> = {
  unknown_sender: 'warning',
  other_sender: 'warning',
  several_clients: 'warning',
  not_authentic: 'danger',
  not_proven: 'warning',
  token_wrong: 'danger',
  too_many: 'warning',
  too_large: 'warning',
  unreadable: 'warning',
  ticket_trashed: 'warning',
  bounce: 'neutral',
  auto_reply: 'neutral',
  list: 'neutral',
  bulk: 'neutral',
  loop: 'neutral',
  duplicate: 'neutral',
}

export const toneOf = (why: ReceivedReason): Tone => tones[why]

export function WhyMark({ why }: { why: ReceivedReason }) {
  const t = useMessages()
  return <Badge tone={toneOf(why)}>{t(`support.received.why.${why}`)}</Badge>
}
