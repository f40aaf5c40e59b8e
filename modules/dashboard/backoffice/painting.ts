/**
 * Paints a part of the page onto a canvas as it stands on screen. Nothing leaves the browser, and nothing is
 * injected: the security policy allows no inline style, which every library for this task lives on. It knows
 * what our screens are made of: boxes, text, SVG shapes.
 */
import { paintShape, paintSvgText } from './painting-svg.ts'
import { paintBox, paintText } from './painting-text.ts'

const MARGIN = 32
const HEAD = 64
const SCALE = 2

/** @returns a PNG with twice as many pixels as the screen shows, under a title and a note. */
export async function paint(root: HTMLElement, head: { title: string; note: string }): Promise<Blob> {
  await document.fonts.ready
  const { left, top, width, height } = root.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil((width + 2 * MARGIN) * SCALE)
  canvas.height = Math.ceil((height + 2 * MARGIN + HEAD) * SCALE)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser draws on no canvas')

  const { color, fontFamily } = getComputedStyle(root)
  context.fillStyle = groundBehind(root)
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(SCALE, SCALE)
  context.fillStyle = color
  context.font = `600 20px ${fontFamily}`
  context.fillText(head.title, MARGIN, MARGIN + 20)
  context.font = `400 13px ${fontFamily}`
  context.globalAlpha = 0.75
  context.fillText(head.note, MARGIN, MARGIN + 44)
  context.globalAlpha = 1

  context.translate(MARGIN - left, MARGIN + HEAD - top)
  paintElement(context, root)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The canvas gave no image')))),
  )
}

/** In the order of the document, which is also the order of what covers what on our screens. */
function paintElement(context: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element)
  if (style.display === 'none' || style.visibility === 'hidden') return
  // Paths to clip by are no marks.
  if (element instanceof SVGDefsElement || element instanceof SVGClipPathElement) return
  if (element.hasAttribute('data-not-painted') || isForScreenReaders(element, style)) return
  context.save()
  context.globalAlpha *= Number(style.opacity)
  if (element instanceof SVGGeometryElement) paintShape(context, element, style)
  else if (element instanceof SVGTextContentElement) paintSvgText(context, element, style)
  else if (element instanceof HTMLElement) paintBox(context, element, style)

  for (const child of element.childNodes)
    if (child instanceof Element) paintElement(context, child)
    else if (child instanceof Text && element instanceof HTMLElement) paintText(context, child, style)
  context.restore()
}

/** Text that is only heard is a box of one pixel. */
function isForScreenReaders(element: Element, style: CSSStyleDeclaration): boolean {
  return element instanceof HTMLElement && style.position === 'absolute' && element.offsetWidth <= 1
}

/** The first ground that is not transparent, from an element outwards. */
function groundBehind(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (!isTransparent(backgroundColor)) return backgroundColor
  }
  return 'white'
}

function isTransparent(colour: string): boolean {
  return colour === 'transparent' || /[,/] ?0\)$/.test(colour)
}
