import type { SubscriptionLine } from '#contract/billing'
import type { ReactNode } from 'react'
import { useFormats, useMessages, type Translate } from '#platform/ui/messages.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import { Money } from '#platform/ui/money.tsx'

type LinesProps = {
  lines: readonly SubscriptionLine[]
  /** Whose discount it is. */
  code?: string | undefined
  /** What may be done to the line at a place. */
  act?: ((place: number) => ReactNode) | undefined
}

/** What a document says, a line each, with what each comes to and what was taken off. */
export function Lines({ lines, code, act }: LinesProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <ul className="text-13">
      {lines.map((line, place) => {
        const reckoned = reckoning(line, { code, t, formats })
        return (
          // Two lines may say the same; they are shown, never moved.
          <li key={place} className="border-t border-line py-1.5">
            <div className="flex gap-3">
              <span className="min-w-0 grow whitespace-pre-line wrap-anywhere">{line.description}</span>
              <span className="shrink-0 text-right">
                <Money cents={line.exclCents} />
              </span>
            </div>
            {reckoned !== '' && <p className="text-12 text-ink-muted tabular-nums">{reckoned}</p>}
            {act?.(place)}
          </li>
        )
      })}
    </ul>
  )
}

/** How it comes to its amount, where that is more than one piece at its price. */
function reckoning(
  { quantity, unitPriceCents, exclCents, discountBasisPoints }: SubscriptionLine,
  { code = '', t, formats }: { code: string | undefined; t: Translate; formats: Formats },
): string {
  const whole = Math.round(Number(quantity) * unitPriceCents)
  const off = exclCents - whole
  const amount = formats.money(off)
  const pieces = `${formats.quantity(Number(quantity))} × ${formats.money(unitPriceCents)}`
  if (off === 0) return Math.abs(Number(quantity)) === 1 ? '' : pieces
  const discount =
    discountBasisPoints > 0
      ? t('billing.subscriptions.discount', { code, percent: formats.rate(discountBasisPoints), amount })
      : t('billing.subscriptions.discount.amount', { code, amount })
  return `${pieces} · ${discount}`
}
