import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { Check, Minus } from 'lucide-react'
import type { MouseEvent } from 'react'

type ToggleProps = {
  checked: boolean
  onChange: (checked: boolean, event: Event) => void
  /** Only where no `Field` or label names it. */
  label?: string | undefined
  disabled?: boolean | undefined
  name?: string | undefined
}

type CheckboxProps = ToggleProps & {
  indeterminate?: boolean | undefined
  tabIndex?: number | undefined
  onClick?: ((event: MouseEvent) => void) | undefined
}

export function Checkbox({ checked, onChange, label, indeterminate = false, ...rest }: CheckboxProps) {
  return (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(value, details) => onChange(value, details.event)}
      aria-label={label}
      className="relative z-1 flex size-4 shrink-0 items-center justify-center rounded-small border border-control bg-surface transition-colors after:absolute after:-inset-1 hover:border-ink-muted data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent touch:size-5"
      {...rest}
    >
      <Base.Indicator className="text-on-accent">
        {indeterminate ? (
          <Minus aria-hidden size={12} strokeWidth={3} />
        ) : (
          <Check aria-hidden size={12} strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  )
}

/** For what takes effect at once; a form's yes or no is a checkbox. */
export function Switch({ checked, onChange, label, ...rest }: ToggleProps) {
  return (
    <BaseSwitch.Root
      checked={checked}
      onCheckedChange={(value, details) => onChange(value, details.event)}
      aria-label={label}
      className="relative inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
      {...rest}
    >
      <BaseSwitch.Thumb className="size-4 rounded-full bg-surface transition-transform data-checked:translate-x-4" />
    </BaseSwitch.Root>
  )
}
