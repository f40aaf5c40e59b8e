/** How a request is called, and the words and colours of where it stands. */
import {
  articleOf,
  type Ground,
  type Outcome,
  type PrivacyRequestRow,
  type RequestState,
} from '#contract/privacy'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

type Standing = Pick<PrivacyRequestRow, 'state' | 'daysLeft'>

export const requestName = ({ number }: Pick<PrivacyRequestRow, 'number'>, t: Translate) =>
  t('privacy.numbered', { number: String(number) })

const tones: Record<RequestState, Tone> = {
  open: 'info',
  extended: 'neutral',
  due_soon: 'warning',
  late: 'danger',
  answered: 'success',
}

export function StateBadge({ state }: { state: RequestState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`privacy.state.${state}`)}</Badge>
}

/** « dans 12 jours », « en retard de 3 jours », « répondue dans les délais ». */
export function dueInWords({ state, daysLeft }: Standing, t: Translate): string {
  const days = Math.abs(daysLeft)
  if (state === 'answered')
    return daysLeft < 0 ? t('privacy.due.answered-late', { days }) : t('privacy.due.answered')
  if (daysLeft < 0) return t('privacy.due.late', { days })
  return daysLeft === 0 ? t('privacy.due.today') : t('privacy.due.in', { days })
}

/** Whether an answer was sent, which a proof shows: who withdraws is sent none. */
export const needsProof = (outcome: Outcome | null) => outcome !== null && outcome !== 'withdrawn'

/** « Obligation légale de conserver (art. 17(3)(b)) » */
export function groundInWords(ground: Ground, t: Translate): string {
  return t('privacy.ground', { ground: t(`privacy.ground.${ground}`), article: articleOf[ground] })
}
