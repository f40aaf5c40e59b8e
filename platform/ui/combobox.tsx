import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { controlClass } from './input.tsx'
import { cx } from './cx.ts'
import { useMessages } from './messages.tsx'
import { optionClass, popupClass } from './option-class.ts'
import type { Option } from './select.tsx'

type ComboboxProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value | null) => void
  /** When given, the server searches: the options are shown as they come. */
  onQuery?: ((query: string) => void) | undefined
  placeholder?: string | undefined
  label?: string | undefined
  disabled?: boolean | undefined
  /** One is always chosen: another takes its place, nothing does not. */
  required?: boolean | undefined
  autoFocus?: boolean | undefined
  /** What is said where nothing is like what was typed. */
  none?: string | undefined
}

/**
 * The same object for as long as it says the same: another one takes what is being typed for its label. What is chosen stays
 * so while options are searched that it is none of.
 */
function useChosen<Value extends string>(
  options: readonly Option<Value>[],
  value: Value | null,
): Option<Value> | null {
  const [kept, setKept] = useState<Option<Value> | null>(null)
  const there = options.find((option) => option.value === value)
  const chosen = there ?? (kept?.value === value ? kept : null)
  if (kept?.value === chosen?.value && kept?.label === chosen?.label) return kept
  setKept(chosen)
  return chosen
}

/** One of many, found by typing. */
export function Combobox<Value extends string>({
  options,
  value,
  onChange,
  onQuery,
  placeholder,
  label,
  disabled,
  required,
  autoFocus,
  none,
}: ComboboxProps<Value>) {
  const t = useMessages()
  const chosen = useChosen(options, value)
  return (
    <Base.Root
      items={options}
      autoHighlight
      value={chosen}
      onValueChange={(next: Option<Value> | null) => (next || !required) && onChange(next?.value ?? null)}
      isItemEqualToValue={(one: Option<Value>, other: Option<Value>) => one.value === other.value}
      {...(onQuery && { filter: null, onInputValueChange: (query: string) => onQuery(query) })}
      {...(disabled && { disabled })}
    >
      <Base.InputGroup className="relative">
        <Base.Input
          aria-label={label}
          placeholder={placeholder}
          // Who sets it opened something whose first field this is.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={autoFocus}
          className={cx(controlClass, 'h-control', required ? 'pr-8' : 'pr-14')}
        />
        <div className="absolute inset-y-0 right-1 flex items-center text-ink-muted">
          {!required && (
            <Base.Clear
              aria-label={t('ui.search.clear')}
              className="flex size-6 items-center justify-center rounded-small hover:bg-hover"
            >
              <X aria-hidden size={14} />
            </Base.Clear>
          )}
          <Base.Trigger
            aria-label={t('ui.combobox.open')}
            className="flex size-6 items-center justify-center rounded-small hover:bg-hover"
          >
            <ChevronDown aria-hidden size={16} />
          </Base.Trigger>
        </div>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-20">
          <Base.Popup className={popupClass}>
            <Base.Empty>
              <p className="px-2 py-3 text-ink-muted">{none ?? t('ui.combobox.none')}</p>
            </Base.Empty>
            <Base.List>
              {(option: Option<Value>) => (
                <Base.Item key={option.value} value={option} className={optionClass}>
                  <span className="min-w-0 flex-1 truncate">
                    {option.label}
                    {option.detail && <span className="ml-2 text-12 text-ink-muted">{option.detail}</span>}
                  </span>
                  <Base.ItemIndicator className="text-accent-ink">
                    <Check aria-hidden size={16} />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
