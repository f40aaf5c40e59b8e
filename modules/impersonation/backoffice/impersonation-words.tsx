/** How assistance is spoken of, and the colours of where it stands. */
import type { Act, Impersonation, State } from '#contract/impersonation'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { type MessageKey, type Translate, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<State, Tone> = {
  waiting: 'warning',
  refused: 'danger',
  ready: 'info',
  running: 'success',
  ended: 'neutral',
  lapsed: 'neutral',
}

export function StateBadge({ state }: { state: State }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`impersonation.state.${state}`)}</Badge>
}

/** « 12 minutes », or seconds below one. */
export function durationInWords(seconds: number | null, t: Translate): string {
  if (seconds === null) return MISSING
  return seconds < 59.5
    ? t('impersonation.duration.seconds', { seconds: Math.round(seconds) })
    : t('impersonation.duration.minutes', { minutes: Math.round(seconds / 60) })
}

/** How long somebody was in, in seconds; null where nobody was, or still is. */
export function secondsOf({ startedAt, endedAt }: Pick<Impersonation, 'startedAt' | 'endedAt'>) {
  if (startedAt === null || endedAt === null) return null
  return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)
}

/** « a ouvert une note », as the log says it; what was refused is not told as if it had been done. */
export function deedInWords({ verb, result }: Pick<Act, 'verb' | 'result'>, t: Translate): string {
  if (verb === 'impersonation.seen') return t('impersonation.lines.seen')
  const refused = result === 'refused' ? worded(`audit.refused.${verb}`, t) : undefined
  return refused ? t('audit.deed.refused', { deed: refused }) : (worded(`audit.verb.${verb}`, t) ?? verb)
}

/** « Patients », for `/patients/0190…`: the part of the practice app a page stands in. */
export function placeInWords(page: string, t: Translate): string | undefined {
  const [first = ''] = page.split('/').filter(Boolean)
  return worded(`impersonation.place.${first || 'home'}`, t)
}

function worded(wanted: string, t: Translate): string | undefined {
  const key = wanted as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? undefined : known
}
