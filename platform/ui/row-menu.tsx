import { useState } from 'react'
import { type MenuAnchor, MenuAt, type MenuItem } from './menu.tsx'

type Opened = { items: readonly MenuItem[]; anchor: MenuAnchor; origin: HTMLElement }

/** One menu for all rows of a list: under its button, or where one right-clicked. */
export function useRowMenu() {
  const [opened, setOpened] = useState<Opened | null>(null)
  return {
    openUnder: (origin: HTMLElement, items: readonly MenuItem[]) =>
      setOpened({ items, anchor: origin, origin }),
    openAt: (x: number, y: number, origin: HTMLElement, items: readonly MenuItem[]) =>
      setOpened({ items, anchor: { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }, origin }),
    menu: (
      <MenuAt
        anchor={opened?.anchor ?? null}
        items={opened?.items ?? []}
        origin={opened?.origin}
        onClose={() => setOpened(null)}
      />
    ),
  }
}
