/** The list of a `FilterSearch`: its code comes when the first of them is wanted. */
import { Combobox as Base } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { cx } from './cx.ts'
import { type FilterSearchProps, FilterTrigger } from './filter-search.tsx'
import { controlClass } from './input.tsx'
import { useMessages } from './messages.tsx'
import { optionClass } from './option-class.ts'
import type { Option } from './select.tsx'

export function FilterSearchPopup({
  label,
  placeholder,
  options,
  value,
  onChange,
  single = false,
  onQuery,
  none,
}: FilterSearchProps<string>) {
  const t = useMessages()
  const [open, setOpen] = useState(true)
  const chosen = options.filter((option) => value.includes(option.value))
  const choose = (next: Option<string>[]) => {
    const values = next.map((option) => option.value)
    if (!single) return onChange(values)
    setOpen(false)
    onChange(values.filter((one) => !value.includes(one)).slice(-1))
  }
  return (
    <Base.Root
      open={open}
      onOpenChange={setOpen}
      multiple
      autoHighlight
      items={grouped(options)}
      value={chosen}
      onValueChange={choose}
      isItemEqualToValue={(one: Option<string>, other: Option<string>) => one.value === other.value}
      {...(onQuery && { filter: null, onInputValueChange: (query: string) => onQuery(query) })}
    >
      <Base.Trigger render={<FilterTrigger label={label} filtering={value.length > 0} />} />
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={4} className="z-20">
          <Base.Popup
            aria-label={label}
            className="float-in flex max-h-[min(360px,var(--available-height))] w-72 max-w-(--available-width) flex-col rounded-control border border-line bg-raised text-13 text-ink shadow-float outline-none"
          >
            <div className="border-b border-line p-1.5">
              <Base.Input
                aria-label={placeholder}
                placeholder={placeholder}
                className={cx(controlClass, 'h-control')}
              />
            </div>
            <Base.Empty>
              <p className="px-3 py-3 text-ink-muted">{none ?? t('ui.combobox.none')}</p>
            </Base.Empty>
            <Base.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1 data-empty:hidden">
              {(entry: Option<string> | Group) =>
                'items' in entry ? (
                  <Base.Group key={entry.value} items={entry.items} className="mb-1 last:mb-0">
                    <Base.GroupLabel className="px-2 py-1 text-12 font-medium text-ink-muted">
                      {entry.value}
                    </Base.GroupLabel>
                    <Base.Collection>{choice}</Base.Collection>
                  </Base.Group>
                ) : (
                  choice(entry)
                )
              }
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function choice(option: Option<string>) {
  return (
    <Base.Item key={option.value} value={option} className={optionClass}>
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      <Base.ItemIndicator className="text-accent-ink">
        <Check aria-hidden size={16} />
      </Base.ItemIndicator>
    </Base.Item>
  )
}

type Group = { value: string; items: readonly Option<string>[] }

/** Under their headings, where they have any. */
function grouped(options: readonly Option<string>[]): readonly Option<string>[] | readonly Group[] {
  if (!options.some(({ group }) => group)) return options
  return [...Map.groupBy(options, ({ group }) => group ?? '')].map(([value, items]) => ({ value, items }))
}
