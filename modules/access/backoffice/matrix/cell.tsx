import { Check, Minus, Plus } from 'lucide-react'
import { cx } from '#platform/ui/cx.ts'

type CellProps = {
  /** Says role and permission to who does not see the table. */
  label: string
  held: boolean
  /** What it shall be, where that is not what it is. */
  wish: boolean | undefined
  /** Why it cannot be changed. */
  lock: string | null
  row: number
  column: number
  /** The one cell that Tab leads to. */
  entry: boolean
}

/**
 * One role and one permission. Clicks and keys are heard by the whole grid, since there are hundreds of these; a locked
 * cell takes the focus too, so that its reason can be read.
 */
export function Cell({ label, held, wish, lock, row, column, entry }: CellProps) {
  const on = wish ?? held
  const Sign = wish ? Plus : Minus
  return (
    <td
      className={cx(
        'relative h-12 border-b border-l border-line p-0',
        wish === true && 'bg-success-soft',
        wish === false && 'bg-danger-soft',
        wish === undefined && lock !== null && 'bg-sunken',
      )}
    >
      <button
        type="button"
        // A native checkbox can be neither locked and focused, nor drawn as densely.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="checkbox"
        aria-checked={on}
        aria-disabled={lock !== null || undefined}
        aria-label={label}
        // ARIA 1.3 gives it to every role; the linter knows 1.2.
        // oxlint-disable-next-line jsx-a11y/role-supports-aria-props
        aria-description={lock ?? undefined}
        data-tip={lock ?? undefined}
        data-row={row}
        data-column={column}
        tabIndex={entry ? 0 : -1}
        className={cx(
          'group absolute inset-0 flex items-center justify-center outline-offset-[-3px]',
          lock === null ? 'cursor-pointer' : 'cursor-default',
          lock === null && wish === undefined && 'hover:bg-hover',
        )}
      >
        {wish !== undefined && (
          <Sign
            aria-hidden
            size={12}
            strokeWidth={3}
            className={cx('absolute left-1.5', wish ? 'text-success-ink' : 'text-danger-ink')}
          />
        )}
        {lock === null ? (
          <span
            aria-hidden
            className={cx(
              'flex size-4 items-center justify-center rounded-small border',
              on
                ? 'border-accent bg-accent text-on-accent'
                : 'border-control bg-surface group-hover:border-ink-muted',
            )}
          >
            {on && <Check size={12} strokeWidth={3} />}
          </span>
        ) : (
          on && <Check aria-hidden size={16} className="text-ink-muted" />
        )}
      </button>
    </td>
  )
}
