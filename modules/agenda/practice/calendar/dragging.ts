/**
 * Moving and stretching by hand: with a mouse at once, with a finger after holding it still, so that a page can still be
 * scrolled. While it lasts nothing is drawn by React: one element follows the hand, a frame at a time.
 */
import { clockOf } from '../wall-clock.ts'

/** The surface things are moved over. */
export type Board = {
  /** Holds the columns, whose elements bear `data-column`. */
  surface: HTMLElement
  /** What scrolls when the hand comes near its edges. */
  scroller: HTMLElement
  pixelsPerMinute: number
  /** The minutes its top and its bottom stand for. */
  first: number
  last: number
}
export type Grip = { kind: 'move' | 'stretch'; column: number; from: number; to: number }
export type Place = { column: number; from: number; to: number }

/** Minutes that hands are precise to. */
export const STEP = 5
const HOLD_FOR = 380
const SLACK = { mouse: 4, finger: 10 }
const EDGE = 48
const SHORTEST = 5

/** @param onDrop told where it was let go, unless that is where it was */
export function beginDrag(
  down: PointerEvent,
  block: HTMLElement,
  grip: Grip,
  board: Board,
  onDrop: (to: Place) => void,
): void {
  if (down.button !== 0) return
  const finger = down.pointerType === 'touch'
  const controller = new AbortController()
  const { signal } = controller
  let drag: Drag | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = () => {
    clearTimeout(timer)
    drag ??= new Drag(down, block, grip, board)
    block.setPointerCapture(down.pointerId)
  }
  if (finger) timer = setTimeout(begin, HOLD_FOR)
  const end = (drop: boolean) => {
    clearTimeout(timer)
    controller.abort()
    const place = drag?.end()
    if (!drag || !place) return
    swallowNextClick()
    const { column, from, to } = grip
    if (drop && (place.column !== column || place.from !== from || place.to !== to)) onDrop(place)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY)
    if (!drag && finger && far > SLACK.finger) return end(false)
    if (!drag && !finger && far > SLACK.mouse) begin()
    drag?.follow(event.clientX, event.clientY)
  }
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', (event) => event.pointerId === down.pointerId && end(true), { signal })
  addEventListener('pointercancel', (event) => event.pointerId === down.pointerId && end(false), { signal })
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !drag) return
      event.stopPropagation()
      end(false)
    },
    { signal, capture: true },
  )
  // A finger that holds something no longer scrolls.
  const keep = (event: Event) => drag && event.cancelable && event.preventDefault()
  block.addEventListener('touchmove', keep, { signal, passive: false })
  // The browser's own sense of a long press, which may come before ours.
  const hold = (event: Event) => {
    if (!finger) return
    event.preventDefault()
    begin()
  }
  block.addEventListener('contextmenu', hold, { signal })
}

class Drag {
  private readonly ghost: HTMLElement
  private readonly time: HTMLElement | null
  private readonly columns: { left: number; width: number }[]
  private readonly start: { x: number; y: number; scroll: number }
  private readonly block: HTMLElement
  private readonly grip: Grip
  private readonly board: Board
  private at: { x: number; y: number }
  private frame = 0
  private place: Place

  constructor(down: PointerEvent, block: HTMLElement, grip: Grip, board: Board) {
    this.block = block
    this.grip = grip
    this.board = board
    this.place = { column: grip.column, from: grip.from, to: grip.to }
    this.at = { x: down.clientX, y: down.clientY }
    this.start = { ...this.at, scroll: board.scroller.scrollTop }
    const surface = board.surface.getBoundingClientRect()
    this.columns = [...board.surface.querySelectorAll('[data-column]')].map((column) => {
      const { left, width } = column.getBoundingClientRect()
      return { left: left - surface.left, width }
    })
    this.ghost = block.cloneNode(true) as HTMLElement // a clone is what its original is
    this.ghost.removeAttribute('data-appointment')
    this.ghost.setAttribute('aria-hidden', 'true')
    this.ghost.dataset.ghost = ''
    this.time = this.ghost.querySelector('[data-time]')
    board.surface.append(this.ghost)
    block.dataset.dragged = ''
    document.documentElement.dataset.dragging = grip.kind
    this.draw()
  }

  follow(x: number, y: number): void {
    this.at = { x, y }
    this.frame ||= requestAnimationFrame(this.tick)
  }

  end(): Place {
    cancelAnimationFrame(this.frame)
    this.ghost.remove()
    delete this.block.dataset.dragged
    delete document.documentElement.dataset.dragging
    return this.place
  }

  private readonly tick = (): void => {
    this.frame = 0
    const { scroller } = this.board
    const { top, bottom } = scroller.getBoundingClientRect()
    // Only towards where the hand goes: what is taken hold of near an edge stays where it is.
    const above = Math.min(top + EDGE, this.start.y) - this.at.y
    const below = this.at.y - Math.max(bottom - EDGE, this.start.y)
    const pull = above > 0 ? -above : below > 0 ? below : 0
    if (pull !== 0) {
      const before = scroller.scrollTop
      scroller.scrollTop += Math.round(pull / 4)
      if (scroller.scrollTop !== before) this.frame = requestAnimationFrame(this.tick)
    }
    this.draw()
  }

  private draw(): void {
    this.place = this.placeUnderHand()
    const { column, from, to } = this.place
    const { pixelsPerMinute, first } = this.board
    const { left, width } = this.columns[column] ?? { left: 0, width: 0 }
    const { style } = this.ghost
    style.left = '0'
    style.top = '0'
    style.width = `${width - 4}px`
    style.height = `${(to - from) * pixelsPerMinute - 2}px`
    style.transform = `translate(${left + 2}px, ${(from - first) * pixelsPerMinute}px)`
    const said = `${clockOf(from)} – ${clockOf(to)}`
    if (this.time && this.time.textContent !== said) this.time.textContent = said
  }

  private placeUnderHand(): Place {
    const { kind, column, from, to } = this.grip
    const { pixelsPerMinute, scroller, first, last, surface } = this.board
    const dy = this.at.y - this.start.y + scroller.scrollTop - this.start.scroll
    const minutes = Math.round(dy / pixelsPerMinute / STEP) * STEP
    if (kind === 'stretch')
      return { column, from, to: Math.min(last, Math.max(from + SHORTEST, to + minutes)) }
    const long = to - from
    const start = Math.min(Math.max(first, from + minutes), Math.max(first, last - long))
    const x = this.at.x - surface.getBoundingClientRect().left
    const under = this.columns.findIndex(({ left, width }) => x >= left && x < left + width)
    const beyond = x < 0 ? 0 : this.columns.length - 1
    return { column: under < 0 ? beyond : under, from: start, to: start + long }
  }
}

/** Letting go also clicks, which would open what was only moved. */
function swallowNextClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation()
    event.preventDefault()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }))
}
