/** Small squares to be seen at once, one a practice; each is a button that says whose it is. */
import type { LucideIcon } from 'lucide-react'
import { cx } from '#platform/ui/cx.ts'
import { Tooltip } from '#platform/ui/tooltip.tsx'

export type Square = { id: string; said: string; colour: string; sign?: LucideIcon | null }

type SquareListProps = {
  label: string
  squares: readonly Square[]
  chosen: string | null
  onChoose: (id: string) => void
}

export function SquareList({ label, squares, chosen, onChoose }: SquareListProps) {
  return (
    <ul aria-label={label} className="flex flex-wrap">
      {squares.map(({ id, said, colour, sign: Sign }) => (
        <li key={id} className="leading-none">
          <Tooltip text={said}>
            <button
              type="button"
              aria-label={said}
              aria-pressed={chosen === id}
              onClick={() => onChoose(id)}
              className="group flex size-6 cursor-pointer items-center justify-center focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent"
            >
              {/* Small to be seen at once, and around it room for a finger. */}
              <span
                aria-hidden
                className={cx(
                  'flex size-4.5 items-center justify-center rounded-[3px] transition-colors',
                  colour,
                  chosen === id && 'outline-2 outline-offset-1 outline-ink',
                )}
              >
                {Sign && <Sign size={12} strokeWidth={3} />}
              </span>
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
