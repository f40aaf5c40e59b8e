import type { Access } from '#contract/impersonation'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<Access['state'], Tone> = {
  waiting: 'warning',
  ready: 'info',
  running: 'danger',
  ended: 'neutral',
  refused: 'neutral',
  lapsed: 'neutral',
}

/** How far it goes, in which state it is, and whether the practice was not asked. */
export function AccessBadges({ access: { state, mayWrite, breakGlass } }: { access: Access }) {
  const t = useMessages()
  return (
    <>
      <Badge tone={mayWrite ? 'warning' : 'neutral'}>
        {t(mayWrite ? 'impersonation.mode.write' : 'impersonation.mode.read')}
      </Badge>
      {state !== 'ended' && <Badge tone={tones[state]}>{t(`impersonation.state.${state}`)}</Badge>}
      {breakGlass && <Badge tone="danger">{t('impersonation.glass')}</Badge>}
    </>
  )
}

/** Minutes, begun ones counted whole; null where it did not begin or is not over. */
export function lastedOf({ startedAt, endedAt }: Pick<Access, 'startedAt' | 'endedAt'>): number | null {
  if (startedAt === null || endedAt === null) return null
  return Math.max(1, Math.ceil((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000))
}
