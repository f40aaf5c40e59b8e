import { ArrowDown, ArrowUp, EyeOff, GripVertical } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import type { BoardCard } from '#contract/figures'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Arranging } from './use-arranging.ts'

const format = 'application/x-board-card'

type ArrangedCardProps = { card: BoardCard; arranging: Arranging; children: ReactNode }

/** A card while one arranges: dragged where there is a mouse, moved and hidden by buttons everywhere. */
export function ArrangedCard({ card, arranging, children }: ArrangedCardProps) {
  const t = useMessages()
  const [isOver, setIsOver] = useState(false)
  const name = t(`figures.card.${card}`)
  const { shown, move, drop, hide } = arranging
  const on = {
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(format, card)
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(format)) return
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      const dragged = shown.find((one) => one === event.dataTransfer.getData(format))
      if (dragged && dragged !== card) drop(dragged, card)
    },
  }
  return (
    <div
      draggable
      {...on}
      className={`flex h-full cursor-grab flex-col rounded-card outline-2 outline-offset-2 ${
        isOver ? 'outline outline-accent' : 'outline-transparent'
      }`}
    >
      <div className="flex items-center gap-1 pb-1 text-12 font-medium">
        <GripVertical aria-hidden size={14} className="shrink-0 text-ink-muted" />
        <span className="min-w-0 flex-1 truncate">{name}</span>
        <IconButton
          icon={ArrowUp}
          size="small"
          label={t('figures.arrange.up', { name })}
          disabled={shown[0] === card}
          onClick={() => move(card, -1)}
        />
        <IconButton
          icon={ArrowDown}
          size="small"
          label={t('figures.arrange.down', { name })}
          disabled={shown.at(-1) === card}
          onClick={() => move(card, 1)}
        />
        <IconButton
          icon={EyeOff}
          size="small"
          label={t('figures.arrange.hide', { name })}
          onClick={() => hide(card)}
        />
      </div>
      {/* What a card leads to is not in the way of the hand that drags it, nor of the keyboard. */}
      <div inert className="flex min-h-0 flex-1 flex-col *:flex-1">
        {children}
      </div>
    </div>
  )
}
