import { ChevronDown, X } from 'lucide-react'
import { buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import { Menu } from './menu.tsx'
import { useMessages } from './messages.tsx'
import type { Option } from './select.tsx'

type ChipProps = { label: string; value: string; onRemove: () => void }

/** A filter at work says what it does: « Statut : Prospect × ». */
export function Chip({ label, value, onRemove }: ChipProps) {
  const t = useMessages()
  const text = t('ui.chip', { label, value })
  return (
    <span className="inline-flex h-control-small max-w-full items-center rounded-full border border-line-strong bg-surface pl-2.5 text-12">
      <span className="truncate">{text}</span>
      <button
        type="button"
        aria-label={t('ui.chip.remove', { filter: text })}
        onClick={onRemove}
        className="ml-0.5 flex size-6 shrink-0 items-center justify-center rounded-full text-ink-muted hover:bg-hover hover:text-ink touch:size-9"
      >
        <X aria-hidden size={14} />
      </button>
    </span>
  )
}

type FilterMenuProps<Value extends string> = {
  label: string
  options: readonly Option<Value>[]
  value: readonly Value[]
  onChange: (value: Value[]) => void
  /** Only one at a time. */
  single?: boolean | undefined
}

/** Chooses what a filter lets through; what was chosen then stands as chips. */
export function FilterMenu<Value extends string>({
  label,
  options,
  value,
  onChange,
  single = false,
}: FilterMenuProps<Value>) {
  const toggle = (one: Value) => {
    if (value.includes(one)) onChange(value.filter((other) => other !== one))
    else onChange(single ? [one] : [...value, one])
  }
  return (
    <Menu
      trigger={
        <button type="button" className={cx(buttonClass({}), value.length > 0 && 'border-control')}>
          {label}
          <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
        </button>
      }
      items={options.map((option) => ({
        label: option.label,
        checked: value.includes(option.value),
        onSelect: () => toggle(option.value),
      }))}
    />
  )
}
