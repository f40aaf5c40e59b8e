import type { ReactNode } from 'react'
import { invoiceStates, type InvoiceState } from '#contract/billing'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

export const chipClass = (pressed: boolean): string =>
  cx(
    'h-control-small rounded-full border px-3 text-13 font-medium transition-colors',
    pressed
      ? 'border-accent bg-accent-soft text-accent-ink'
      : 'border-line-strong bg-surface text-ink-muted hover:bg-hover hover:text-ink',
  )

type StateChipsProps<State extends string> = {
  label: string
  states: readonly State[]
  chosen: State | undefined
  onChoose: (state: State | undefined) => void
  /** What stands on each; undefined: on the one that shows all. */
  word: (state: State | undefined) => ReactNode
  /** One is chosen at all times: none shows all of them. */
  always?: boolean
  /** Said beside them. */
  children?: ReactNode
}

/** One state at a time, always in sight; a second click shows all again. */
export function StateChips<State extends string>(props: StateChipsProps<State>) {
  const { label, states, chosen, onChoose, word, always = false, children } = props
  return (
    <fieldset aria-label={label} className="flex flex-wrap items-center gap-1">
      {[...(always ? [] : [undefined]), ...states].map((state) => (
        <button
          key={state ?? 'all'}
          type="button"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen && !always ? undefined : state)}
          className={chipClass(state === chosen)}
        >
          {word(state)}
        </button>
      ))}
      {children}
    </fieldset>
  )
}

type StateFilterProps = {
  chosen: InvoiceState | undefined
  onChoose: (state: InvoiceState | undefined) => void
}

/** In the order of urgency: what is late first. */
const order: readonly InvoiceState[] = invoiceStates.toReversed()

export function StateFilter(props: StateFilterProps) {
  const t = useMessages()
  return (
    <StateChips
      {...props}
      label={t('billing.state')}
      states={order}
      word={(state) => t(`billing.filter.${state ?? 'all'}`)}
    />
  )
}
