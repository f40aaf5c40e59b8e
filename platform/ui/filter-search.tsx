import { ChevronDown } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import { part, Wanted } from './part.tsx'
import type { Option } from './select.tsx'

export type FilterSearchProps<Value extends string> = {
  label: string
  /** Says what one may type. */
  placeholder: string
  options: readonly Option<Value>[]
  value: readonly Value[]
  onChange: (value: Value[]) => void
  /** Only one at a time: choosing closes the list. */
  single?: boolean | undefined
  /** When given, somebody else searches: the options are shown as they come. */
  onQuery?: ((query: string) => void) | undefined
  /** Said while there is no option. */
  none?: string | undefined
}

const popup = part<FilterSearchProps<string>>(() =>
  import('./filter-search-popup.tsx').then((m) => m.FilterSearchPopup),
)
const near = () => void popup.preload()

/** A `FilterMenu` of too many choices to read: some of many, found by typing. */
export function FilterSearch<Value extends string>(props: FilterSearchProps<Value>) {
  const [wanted, setWanted] = useState(false)
  const { label, value, onChange } = props
  return (
    <Wanted
      part={popup}
      when={wanted}
      // Only values of the given options can be chosen.
      give={{ ...props, onChange: (chosen) => onChange(chosen as Value[]) }}
      otherwise={
        <FilterTrigger
          label={label}
          filtering={value.length > 0}
          // What it will be once its list is here, and there is something it controls.
          // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props, jsx-a11y/prefer-tag-over-role
          role="combobox"
          aria-haspopup="dialog"
          aria-expanded={false}
          onClick={() => setWanted(true)}
          onPointerEnter={near}
          onFocus={near}
        />
      }
      onFailed={() => setWanted(false)}
    />
  )
}

type FilterTriggerProps = ComponentProps<'button'> & { label: string; filtering: boolean }

export function FilterTrigger({ label, filtering, className, ...rest }: FilterTriggerProps) {
  return (
    // A combobox takes no name from what is in it.
    <button
      type="button"
      aria-label={label}
      className={cx(buttonClass({}), filtering && 'border-control', className)}
      {...rest}
    >
      {label}
      <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
    </button>
  )
}
