import type { PointerEvent } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { groundOf, markOf } from '../act-colours.ts'
import { isCancelled, statusLooks } from '../status.ts'
import { timeOf } from '../wall-clock.ts'
import type { Block } from './model.ts'

export type BlockWords = {
  /** Everything about it, for whoever does not see it. */
  label: string
  title: string
  act: string
  status: string
  whose?: string | undefined
}

type BlockButtonProps = {
  block: Block
  words: BlockWords
  top: number
  height: number
  current: boolean
  /** It may be moved by hand. */
  movable: boolean
  marked: boolean
  onOpen: (block: Block, origin: HTMLElement) => void
  onFocus: (block: Block) => void
  onGrip: (event: PointerEvent<HTMLElement>, block: Block, kind: 'move' | 'stretch') => void
}

/** An appointment as it stands in the calendar. Its colour says the act, an icon its state; both have their word. */
export function BlockButton(props: BlockButtonProps) {
  const { block, words, top, height, current, movable, marked, onOpen, onFocus, onGrip } = props
  const { appointment, lane, lanes, spread } = block
  const { status } = appointment
  const colour = appointment.act?.colour ?? 5
  const { icon: Icon } = statusLooks[status]
  const off = isCancelled(status)
  const low = height < 34
  return (
    <button
      type="button"
      data-appointment={appointment.id}
      tabIndex={current ? 0 : -1}
      title={words.label}
      onClick={(event) => onOpen(block, event.currentTarget)}
      onFocus={() => onFocus(block)}
      onPointerDown={(event) => movable && onGrip(event, block, 'move')}
      style={{
        top,
        height: height - 2,
        left: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${(spread / lanes) * 100}% - 4px)`,
        background: off ? undefined : groundOf(colour),
      }}
      className={cx(
        'absolute z-2 flex scroll-my-16 overflow-hidden rounded-small text-left text-12 text-ink select-none focus-visible:z-3',
        'hover:shadow-float data-dragged:opacity-40 data-ghost:z-4 data-ghost:cursor-grabbing data-ghost:shadow-float',
        off && 'border border-dashed border-control bg-surface text-ink-muted',
        marked && 'outline-2 outline-accent',
      )}
    >
      <span className="sr-only">{words.label}</span>
      <span aria-hidden className="w-1 shrink-0" style={{ background: markOf(colour) }} />
      <span aria-hidden className={cx('min-w-0 flex-1 px-1.5', low ? 'flex items-center gap-1.5' : 'py-0.5')}>
        <span
          className={cx(
            'flex min-w-0 items-center gap-1 font-medium',
            status === 'no_show' && 'text-danger-ink',
          )}
        >
          {status !== 'planned' && <Icon aria-hidden size={12} className="shrink-0" />}
          <span className={cx('truncate', off && 'line-through')}>{words.title}</span>
        </span>
        <span data-time className="block truncate tabular-nums">
          {timeOf(appointment.startsLocal)}
          {!low && lanes === 1 && ` – ${timeOf(appointment.endsLocal)}`}
          {words.whose && ` · ${words.whose}`}
        </span>
        {height >= 54 && (
          <span className="block truncate text-ink-muted">
            {status === 'planned' || status === 'kept' ? words.act : words.status}
          </span>
        )}
      </span>
      {movable && (
        <span
          aria-hidden
          onPointerDown={(event) => {
            event.stopPropagation()
            onGrip(event, block, 'stretch')
          }}
          className="absolute inset-x-0 bottom-0 h-2 cursor-ns-resize touch:h-3"
        />
      )}
    </button>
  )
}
