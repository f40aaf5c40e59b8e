/** What became of a try to sign in, and what makes one suspicious, in words. */
import type { SignInEvent } from '#contract/identity'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<SignInEvent['kind'], Tone> = {
  signed_in: 'success',
  stepped_up: 'neutral',
  password_wrong: 'warning',
  factor_wrong: 'warning',
  account_unknown: 'neutral',
  account_suspended: 'warning',
}

export function EventBadge({ event }: { event: Pick<SignInEvent, 'kind' | 'suspicious'> }) {
  const t = useMessages()
  return (
    <Badge tone={event.suspicious ? 'danger' : tones[event.kind]}>
      {t(
        event.suspicious && event.kind === 'signed_in'
          ? 'identity.security.event.suspicious'
          : `identity.security.event.${event.kind}`,
      )}
    </Badge>
  )
}

/** « appareil inconnu, réseau inconnu, 12 échecs juste avant » */
export function suspicions(event: SignInEvent, t: Translate): string[] {
  return [
    ...(event.newDevice ? [t('identity.security.new-device')] : []),
    ...(event.newNetwork ? [t('identity.security.new-network')] : []),
    ...(event.failuresBefore > 0
      ? [t('identity.security.failures-before', { count: event.failuresBefore })]
      : []),
  ]
}
