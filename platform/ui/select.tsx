import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { controlClass } from './input.tsx'
import { cx } from './cx.ts'
import { optionClass, popupClass } from './option-class.ts'

export type Option<Value extends string = string> = {
  value: Value
  label: string
  /** What tells it from another of the same name, where one chooses by typing. */
  detail?: string | undefined
  /** The heading it stands under, where a list has headings. */
  group?: string | undefined
}

type SelectProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  placeholder?: string | undefined
  /** Only where no `Field` names it. */
  label?: string | undefined
  name?: string | undefined
  disabled?: boolean | undefined
}

/** One of a few; above a dozen, a `Combobox` is kinder. */
export function Select<Value extends string>({
  options,
  value,
  onChange,
  placeholder,
  label,
  ...rest
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      {...rest}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          controlClass,
          'flex h-control items-center justify-between gap-2 text-left select-none',
        )}
      >
        <Base.Value className="truncate data-placeholder:text-ink-faint" placeholder={placeholder} />
        <Base.Icon className="shrink-0 text-ink-muted">
          <ChevronDown aria-hidden size={16} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-20">
          <Base.Popup className={popupClass}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={optionClass}>
                  <Base.ItemText className="min-w-0 flex-1 truncate">{option.label}</Base.ItemText>
                  <Base.ItemIndicator className="text-accent-ink">
                    <Check aria-hidden size={16} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
