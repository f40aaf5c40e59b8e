/** Boxes and text of HTML, as the browser laid them out. */

export function paintBox(
  context: CanvasRenderingContext2D,
  element: HTMLElement,
  style: CSSStyleDeclaration,
): void {
  const box = element.getBoundingClientRect()
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2)
  context.fillStyle = style.backgroundColor
  context.beginPath()
  context.roundRect(box.x, box.y, box.width, box.height, radius)
  context.fill()
  paintBorders(context, box, radius, style)
  if (style.overflowX !== 'visible') context.clip()
}

function paintBorders(
  context: CanvasRenderingContext2D,
  box: DOMRect,
  radius: number,
  style: CSSStyleDeclaration,
): void {
  const widths = [
    style.borderTopWidth,
    style.borderRightWidth,
    style.borderBottomWidth,
    style.borderLeftWidth,
  ].map(Number.parseFloat)
  const [top = 0, right = 0, bottom = 0, left = 0] = widths
  if (top > 0 && widths.every((width) => width === top)) {
    context.strokeStyle = style.borderTopColor
    context.lineWidth = top
    context.beginPath()
    context.roundRect(box.x + top / 2, box.y + top / 2, box.width - top, box.height - top, radius)
    context.stroke()
    context.beginPath()
    context.roundRect(box.x, box.y, box.width, box.height, radius)
    return
  }
  const side = (colour: string, x: number, y: number, width: number, height: number) => {
    context.fillStyle = colour
    context.fillRect(x, y, width, height)
  }
  side(style.borderTopColor, box.x, box.y, box.width, top)
  side(style.borderBottomColor, box.x, box.bottom - bottom, box.width, bottom)
  side(style.borderLeftColor, box.x, box.y, left, box.height)
  side(style.borderRightColor, box.right - right, box.y, right, box.height)
}

/**
 * Letter by letter, each in the middle of the place the browser gave it: a canvas knows neither
 * tabular figures nor letter spacing nor where lines break.
 */
export function paintText(context: CanvasRenderingContext2D, text: Text, style: CSSStyleDeclaration): void {
  if (!text.data.trim()) return
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.fillStyle = style.color
  context.textBaseline = 'alphabetic'
  const { fontBoundingBoxAscent: ascent } = context.measureText('x')
  const range = document.createRange()
  let at = 0
  for (const letter of text.data) {
    range.setStart(text, at)
    range.setEnd(text, (at += letter.length))
    const box = range.getBoundingClientRect()
    if (box.width === 0 || !letter.trim()) continue
    const shown =
      style.textTransform === 'uppercase' || isCapital(text, at, letter) ? letter.toUpperCase() : letter
    const { width } = context.measureText(shown)
    context.fillText(shown, box.x + (box.width - width) / 2, box.y + ascent)
  }
}

/** Months open with a capital by `::first-letter`. */
function isCapital(text: Text, end: number, letter: string): boolean {
  const parent = text.parentElement
  if (end !== letter.length || !parent || parent.firstChild !== text) return false
  return getComputedStyle(parent, '::first-letter').textTransform === 'uppercase'
}
