/** What a client is called, and the words and colours of their states. */
import type { ClientRow, ClientStatus, SubscriptionStatus } from '#contract/clients'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type Named = Pick<ClientRow, 'firstName' | 'lastName'>

/** « Roxane Arnaud », as one speaks of someone. */
export const spokenName = ({ firstName, lastName }: Named) => `${firstName} ${lastName}`.trim()
/** « Arnaud Roxane », as lists are sorted. */
export const listedName = ({ firstName, lastName }: Named) => `${lastName} ${firstName}`.trim()

const statusTones: Record<ClientStatus, Tone> = {
  active: 'success',
  prospect: 'info',
  freemium: 'neutral',
  excluded: 'danger',
}

export function StatusBadge({ status }: { status: ClientStatus }) {
  const t = useMessages()
  return <Badge tone={statusTones[status]}>{t(`clients.status.${status}`)}</Badge>
}

const subscriptionTones: Record<SubscriptionStatus, Tone> = {
  trialing: 'info',
  active: 'success',
  past_due: 'danger',
  paused: 'warning',
  cancelled: 'neutral',
  ended: 'neutral',
}

export function SubscriptionBadge({ status }: { status: SubscriptionStatus }) {
  const t = useMessages()
  return <Badge tone={subscriptionTones[status]}>{t(`clients.subscription.${status}`)}</Badge>
}
