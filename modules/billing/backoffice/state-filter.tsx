import { invoiceStates, type InvoiceState } from '#contract/billing'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

type StateFilterProps = {
  chosen: InvoiceState | undefined
  onChoose: (state: InvoiceState | undefined) => void
}

/** In the order of urgency: what is late first. */
const order: readonly InvoiceState[] = invoiceStates.toReversed()

export const chipClass = (pressed: boolean): string =>
  cx(
    'h-control-small rounded-full border px-3 text-13 font-medium transition-colors',
    pressed
      ? 'border-accent bg-accent-soft text-accent-ink'
      : 'border-line-strong bg-surface text-ink-muted hover:bg-hover hover:text-ink',
  )

/** One state at a time, always in sight; a second click shows all again. */
export function StateFilter({ chosen, onChoose }: StateFilterProps) {
  const t = useMessages()
  return (
    <fieldset aria-label={t('billing.state')} className="flex flex-wrap gap-1">
      {[undefined, ...order].map((state) => {
        const pressed = state === chosen
        return (
          <button
            key={state ?? 'all'}
            type="button"
            aria-pressed={pressed}
            onClick={() => onChoose(pressed ? undefined : state)}
            className={chipClass(pressed)}
          >
            {t(`billing.filter.${state ?? 'all'}`)}
          </button>
        )
      })}
    </fieldset>
  )
}
