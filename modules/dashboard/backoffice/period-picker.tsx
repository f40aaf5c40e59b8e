import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react'
import { buttonClass } from '#platform/ui/button.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { monthsAfter, monthsBetween } from './months.ts'

type PeriodPickerProps = {
  month: string
  /** The last one there can be. */
  running: string
  /** The first with anything to show; null when nothing was ever billed. */
  first: string | null
  /** Undefined goes back to the running month, whichever it then is. */
  onChange: (month: string | undefined) => void
}

/** A month by name, or the one before and after by a click or an arrow key. */
export function PeriodPicker({ month, running, first, onChange }: PeriodPickerProps) {
  const t = useMessages()
  const formats = useFormats()
  const begin = first ?? running
  const choose = (next: string) => {
    if (next >= begin && next <= running) onChange(next === running ? undefined : next)
  }
  const before = () => choose(monthsAfter(month, -1))
  const after = () => choose(monthsAfter(month, 1))
  useShortcuts([
    { keys: 'arrowleft', run: before },
    { keys: 'arrowright', run: after },
  ])
  return (
    <fieldset aria-label={t('dashboard.period')} className="flex items-center">
      <IconButton
        icon={ChevronLeft}
        label={t('dashboard.period.before')}
        shortcut="arrowleft"
        disabled={month <= begin}
        onClick={before}
      />
      <Menu
        align="end"
        trigger={
          <button type="button" className={buttonClass({ variant: 'ghost' })}>
            <span className="inline-block min-w-28 first-letter:uppercase">{formats.month(month)}</span>
            <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
          </button>
        }
        items={monthsBetween(begin, running).map((one) => ({
          label: capitalised(formats.month(one)),
          group: one.slice(0, 4),
          checked: one === month,
          onSelect: () => choose(one),
        }))}
      />
      <IconButton
        icon={ChevronRight}
        label={t('dashboard.period.after')}
        shortcut="arrowright"
        disabled={month >= running}
        onClick={after}
      />
    </fieldset>
  )
}

/** A month on its own begins with a capital, as on the button. */
function capitalised(month: string): string {
  return month.charAt(0).toLocaleUpperCase() + month.slice(1)
}
