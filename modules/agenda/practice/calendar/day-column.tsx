import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { clockOf, DAY } from '../wall-clock.ts'
import type { Column, Range } from './model.ts'

const hatched =
  'bg-[repeating-linear-gradient(135deg,var(--line-strong)_0_1px,transparent_1px_7px)] bg-sunken text-ink-muted'

type GroundProps = { column: Column; place: (range: Range) => { top: number; height: number } }

/** What a day is made of before anybody comes: usual hours, absences, hours opened besides. */
export function ColumnGround({ column, place }: GroundProps) {
  const t = useMessages()
  return (
    <>
      {closedOf(column.open).map((range) => (
        <div key={range.from} className="absolute inset-x-0 bg-sunken" style={place(range)} />
      ))}
      {column.slots.map(({ id, label, ...range }) => (
        <div
          key={id}
          className="absolute inset-x-0 overflow-hidden border-y border-dashed border-accent bg-surface px-1 text-12 text-accent-ink"
          style={place(range)}
        >
          <span className="block truncate">{label || t('agenda.slot.open')}</span>
        </div>
      ))}
      {column.absences.map(({ id, words, ...range }) => (
        <div
          key={id}
          className={cx('absolute inset-x-0 overflow-hidden px-1 text-12', hatched)}
          style={place(range)}
        >
          <span className="sticky top-9 mt-0.5 inline-block max-w-full truncate rounded-small bg-surface px-1 font-medium">
            {words}
            <span className="sr-only">
              {' '}
              {clockOf(range.from)} – {clockOf(range.to)}
            </span>
          </span>
        </div>
      ))}
    </>
  )
}

/** What is left of a day beside its usual hours. */
export function closedOf(open: readonly Range[]): Range[] {
  const closed: Range[] = []
  let until = 0
  for (const { from, to } of open.toSorted((one, other) => one.from - other.from)) {
    if (from > until) closed.push({ from: until, to: from })
    until = Math.max(until, to)
  }
  if (until < DAY) closed.push({ from: until, to: DAY })
  return closed
}
