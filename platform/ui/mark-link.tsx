import type { MouseEvent, ReactNode } from 'react'
import { useGo } from './link.tsx'

type MarkLinkProps = {
  to: string
  /** What the mark stands for, in words: all that a screen reader has of it. */
  label: string
  onActive: (active: boolean) => void
  children: ReactNode
}

/** A mark of a chart that leads to its lines. Inside an SVG, where the ordinary link cannot stand. */
export function MarkLink({ to, label, onActive, children }: MarkLinkProps) {
  const go = useGo()
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a
      href={to}
      aria-label={label}
      // The mark shows the focus by a line of its own: an outline would not follow its form.
      className="outline-none"
      onClick={follow}
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
      onFocus={() => onActive(true)}
      onBlur={() => onActive(false)}
    >
      {children}
    </a>
  )
}
