import { useState } from 'react'
import { arrangeBoard, type Arrangement, type Board, type BoardCard } from '#contract/figures'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ordered, placedAt, shifted } from './arranging.ts'

/** The order of one's cards: shown at once, kept behind it, and given back when it could not be kept. */
export function useArranging(board: Board, offered: readonly BoardCard[]) {
  const t = useMessages()
  const [wish, setWish] = useState<{ arrangement: Arrangement | null } | null>(null)
  const keep = useEndpoint(arrangeBoard, {
    inTurn: 'board',
    onError: (error) => {
      setWish(null)
      notify.failed({ title: sentenceOf(error, t) })
    },
  })
  const arrangement = wish ? wish.arrangement : board.arrangement
  const order = ordered(arrangement, offered)
  const hidden = arrangement?.hidden ?? []
  const become = (next: Arrangement | null) => {
    setWish({ arrangement: next })
    keep.mutate({ body: { arrangement: next } })
  }
  return {
    order,
    shown: order.filter((card) => !hidden.includes(card)),
    hidden: order.filter((card) => hidden.includes(card)),
    isArranged: arrangement !== null,
    move: (card: BoardCard, by: -1 | 1) => {
      // Past its visible neighbour: those that are hidden are not in the way.
      const shown = order.filter((one) => !hidden.includes(one))
      const next = shifted(shown, card, by)
      become({ order: [...next, ...order.filter((one) => hidden.includes(one))], hidden })
    },
    drop: (card: BoardCard, on: BoardCard) => become({ order: placedAt(order, card, on), hidden }),
    hide: (card: BoardCard) => become({ order, hidden: [...hidden, card] }),
    show: (card: BoardCard) => become({ order, hidden: hidden.filter((one) => one !== card) }),
    reset: () => become(null),
  }
}

export type Arranging = ReturnType<typeof useArranging>
