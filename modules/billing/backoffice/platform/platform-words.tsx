/** States, statuses and reasons in words; a code nobody put into words yet shows itself. */
import { type Deposit, platformStatuses, type PlatformStatus, statusReasons } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<Deposit['state'], Tone> = { waiting: 'warning', deposited: 'success', rejected: 'danger' }

/** What ends it badly: the buyer refused it, a platform rejected it or could not read it. */
const endings: readonly number[] = [210, 213, 501]

/** The last that was told, where it stands for a document that is to be credited and invoiced again. */
export const endedBadly = (status: number | null | undefined): status is number =>
  status !== null && status !== undefined && endings.includes(status)

/** Handed over is not accepted: what was told since counts for more. */
export function DepositBadge({ state, isOver = false }: { state: Deposit['state']; isOver?: boolean }) {
  const t = useMessages()
  return (
    <Badge tone={isOver && state === 'deposited' ? 'neutral' : tones[state]}>
      {t(`billing.platform.state.${state}`)}
    </Badge>
  )
}

const isStatus = (code: number): code is PlatformStatus => platformStatuses.some((one) => one === code)

export const statusWord = (code: number, t: Translate): string =>
  isStatus(code) ? `${t(`billing.platform.status.${code}`)} (${code})` : String(code)

type Reason = (typeof statusReasons)[keyof typeof statusReasons][number]
const reasons: readonly string[] = Object.values(statusReasons).flat()
const isReason = (code: string): code is Reason => reasons.includes(code)

export const reasonWord = (code: string, t: Translate): string =>
  isReason(code) ? t(`billing.platform.why.${code}`) : code

/** Why a deposit did not succeed: our own word, or what the platform said. */
export function whyWord({ reason }: Pick<Deposit, 'reason'>, t: Translate): string {
  if (reason === 'unreachable') return t('billing.platform.reason.unreachable')
  const [code = '', ...text] = reason.split(' · ')
  return [reasonWord(code, t), ...text].filter((part) => part !== '').join(' · ')
}
