/**
 * Tooltips of the whole app are one layer that listens to the document, rather than a component
 * with its own listeners around each of the hundred buttons of a table.
 */
import { cloneElement, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Kbd } from './kbd.tsx'

type Side = 'top' | 'bottom' | 'right'
type TooltipProps = {
  text: string
  shortcut?: string | undefined
  side?: Side | undefined
  /** The element it explains. It must have an accessible name of its own. */
  children: ReactElement<Record<`data-tip${string}`, string | undefined>>
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return cloneElement(children, { 'data-tip': text, 'data-tip-keys': shortcut, 'data-tip-side': side })
}

const DELAY = 400
const GAP = 6

/** Stands once in the app. Hover or keyboard focus shows, Escape and scrolling hide (WCAG 1.4.13). */
export function TooltipLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (element: HTMLElement | null, delay: number) => {
      clearTimeout(timer)
      // Whoever has opened what a button opens knows what it is called.
      const useful = () => !element?.matches('[aria-expanded="true"]')
      timer = setTimeout(() => setTarget(useful() ? element : null), element ? delay : 60)
    }
    const hide = () => {
      clearTimeout(timer)
      setTarget(null)
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch' || within(event.target, '[data-tip-layer]'))
        return clearTimeout(timer)
      show(within(event.target, '[data-tip]'), DELAY)
    }
    const focus = (event: FocusEvent) => {
      const element = within(event.target, '[data-tip]')
      if (element?.matches(':focus-visible')) show(element, 0)
    }
    const keydown = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    document.addEventListener('pointerover', over)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('keydown', keydown)
    document.addEventListener('scroll', hide, true)
    return () => {
      hide()
      document.removeEventListener('pointerover', over)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('keydown', keydown)
      document.removeEventListener('scroll', hide, true)
    }
  }, [])
  return target?.isConnected ? <Bubble target={target} /> : null
}

function within(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null
}

function Bubble({ target }: { target: HTMLElement }) {
  const bubble = useRef<HTMLDivElement>(null)
  const { tip, tipKeys, tipSide } = target.dataset
  useLayoutEffect(() => {
    const element = bubble.current
    if (!element) return
    const { left, top } = place(target.getBoundingClientRect(), element.getBoundingClientRect(), tipSide)
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  }, [target, tipSide])
  return (
    <div
      ref={bubble}
      // It only repeats what its target is called.
      aria-hidden
      data-tip-layer
      className="fixed z-40 flex w-max max-w-72 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-12 text-ink shadow-float"
    >
      {tip}
      {tipKeys && <Kbd keys={tipKeys} />}
    </div>
  )
}

type Box = { left: number; top: number; right: number; bottom: number; width: number; height: number }

/** Beside its target, turned round where there is no room, never outside the window. */
function place(target: Box, bubble: Box, side: string | undefined): { left: number; top: number } {
  const clamp = (value: number, most: number) => Math.max(GAP, Math.min(value, most - GAP))
  if (side === 'right')
    return {
      left: target.right + GAP,
      top: clamp(target.top + (target.height - bubble.height) / 2, innerHeight - bubble.height),
    }
  const above = target.top - bubble.height - GAP
  const below = target.bottom + GAP
  const fits = below + bubble.height <= innerHeight
  return {
    left: clamp(target.left + (target.width - bubble.width) / 2, innerWidth - bubble.width),
    top: (side === 'top' && above >= 0) || !fits ? above : below,
  }
}
