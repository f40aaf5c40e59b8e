import { KeyRound, LifeBuoy, type LucideIcon, Smartphone, TriangleAlert } from 'lucide-react'
import type { StaffMember } from '#contract/identity'
import { MISSING } from '#platform/ui/formats.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'

export type Factors = StaffMember['factors']

/** Recovery codes help once each: they are no factor somebody signs in with every day. */
export const factorCount = ({ authenticator, passkeys }: Factors) => Number(authenticator) + passkeys

export type HeldFactor = { id: string; icon: LucideIcon; words: string; count: number | null }

export function heldFactors({ authenticator, passkeys, recoveryCodesLeft }: Factors, t: Translate) {
  const held: HeldFactor[] = []
  if (authenticator)
    held.push({
      id: 'totp',
      icon: Smartphone,
      words: t('identity.staff.factor.authenticator'),
      count: null,
    })
  if (passkeys > 0)
    held.push({
      id: 'passkey',
      icon: KeyRound,
      words: t('identity.staff.factor.passkeys', { count: passkeys }),
      count: passkeys > 1 ? passkeys : null,
    })
  if (recoveryCodesLeft > 0)
    held.push({
      id: 'recovery_code',
      icon: LifeBuoy,
      words: t('identity.staff.factor.recovery-codes', { count: recoveryCodesLeft }),
      count: null,
    })
  return held
}

/** What somebody signs in with: an icon each, its words on hover, and a warning where one thing lost leaves no other, or codes alone. */
export function FactorIcons({ factors }: { factors: Factors }) {
  const t = useMessages()
  const held = heldFactors(factors, t)
  const alone = t('identity.staff.factor.only-one', { codes: factors.recoveryCodesLeft })
  if (held.length === 0) return <span className="text-ink-muted">{MISSING}</span>
  return (
    <span className="relative inline-flex items-center gap-2 align-middle text-ink-muted">
      {held.map(({ id, icon: Icon, words, count }) => (
        <Tooltip key={id} text={words}>
          <span className="inline-flex items-center gap-0.5">
            <Icon aria-hidden size={16} />
            <span className="sr-only">{words}</span>
            {count !== null && (
              <span aria-hidden className="text-12 tabular-nums">
                {count}
              </span>
            )}
          </span>
        </Tooltip>
      ))}
      {factorCount(factors) === 1 && (
        <Tooltip text={alone}>
          <span className="inline-flex text-warning-ink">
            <TriangleAlert aria-hidden size={16} />
            <span className="sr-only">{alone}</span>
          </span>
        </Tooltip>
      )}
    </span>
  )
}
