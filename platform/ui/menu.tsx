import type { LucideIcon } from 'lucide-react'
import {
  cloneElement,
  type ComponentProps,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from 'react'
import { part, Wanted } from './part.tsx'

export type MenuItem = {
  label: string
  icon?: LucideIcon | undefined
  onSelect?: (() => void) | undefined
  /** Goes there instead of acting. */
  to?: string | undefined
  /** A choice: shown with a tick when true. */
  checked?: boolean | undefined
  danger?: boolean | undefined
  disabled?: boolean | undefined
  shortcut?: string | undefined
  /** Items of one group stand together, under its label; a blank label parts them without a word. */
  group?: string | undefined
}

export type MenuProps = {
  /** A button; the menu gives it its roles and its keys. */
  trigger: ReactElement<ComponentProps<'button'>>
  items: readonly MenuItem[]
  align?: 'start' | 'end' | undefined
  /** Stands above the items, for a name or a hint. */
  header?: ReactNode
  /** Opens as soon as it is there: for a menu whose own part was loaded when it was wanted. */
  defaultOpen?: boolean | undefined
}

const triggered = part<MenuProps>(() => import('./menu-popup.tsx').then((m) => m.TriggeredMenu))
const anchored = part<MenuAtProps>(() => import('./menu-popup.tsx').then((m) => m.AnchoredMenu))
const near = () => void triggered.preload()

/** Until it is wanted, a menu is its button alone: hovering it loads the rest, pressing it opens. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(props.defaultOpen ?? false)
  const button = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      setWanted(true)
    },
    onPointerEnter: near,
    onFocus: near,
  })
  return (
    <Wanted
      part={triggered}
      when={wanted}
      give={props}
      otherwise={button}
      onFailed={() => setWanted(false)}
    />
  )
}

export type MenuAnchor = Element | { getBoundingClientRect: () => DOMRect }

export type MenuAtProps = {
  anchor: MenuAnchor | null
  items: readonly MenuItem[]
  onClose: () => void
  /** Where the focus goes back to. */
  origin?: HTMLElement | null | undefined
}

/** One menu for many places: the rows of a table share it, and a right click opens it. */
export function MenuAt(props: MenuAtProps) {
  const [wanted, setWanted] = useState(false)
  if (props.anchor && !wanted) setWanted(true)
  return (
    <Wanted
      part={anchored}
      when={wanted}
      give={props}
      onFailed={() => {
        setWanted(false)
        props.onClose()
      }}
    />
  )
}
