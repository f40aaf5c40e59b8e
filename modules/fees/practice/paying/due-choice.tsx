import type { Due } from '#contract/fees'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { whatOf } from '../fee-words.ts'

type DueChoiceProps = {
  rows: readonly Due[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** What stands on the right: what is left to pay, or the whole. */
  shows?: 'left' | 'due'
  label?: string
}

/** The lines one chooses among, each pressed anywhere. */
export function DueChoice({ rows, chosen, onChange, shows = 'left', label }: DueChoiceProps) {
  const t = useMessages()
  const several = new Set(rows.map(({ practitioner }) => practitioner.id)).size > 1
  const all = rows.every(({ id }) => chosen.has(id))
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{label ?? t('fees.pay.choose')}</legend>
      {rows.length > 1 && (
        <Button
          variant="ghost"
          size="small"
          className="mb-1"
          onClick={() => onChange(new Set(all ? [] : rows.map(({ id }) => id)))}
        >
          {t(all ? 'fees.choose.none' : 'fees.choose.all', { count: rows.length })}
        </Button>
      )}
      <ul className="max-h-64 overflow-y-auto rounded-control border border-line">
        {rows.map((due) => (
          <li key={due.id} className="border-t border-line first:border-t-0">
            {/* The checkbox inside it is what is pressed. */}
            {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control */}
            <label className="flex min-h-10 cursor-pointer items-center gap-3 px-3 py-1.5 text-13 hover:bg-hover">
              <Checkbox checked={chosen.has(due.id)} onChange={() => toggle(due.id)} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{whatOf(t, due)}</span>
                <span className="block text-12 text-ink-muted">
                  <DateText value={due.on} />
                  {several && ` · ${due.practitioner.name}`}
                  {due.daysLate === null && due.leftCents > 0 && ` · ${t('fees.due.planned')}`}
                </span>
              </span>
              <span className="font-medium">
                <Money cents={shows === 'left' ? due.leftCents : due.dueCents} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
