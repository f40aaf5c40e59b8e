/** Shapes and text of SVG, in the coordinates they are shown in. */

/** From an element's own coordinates to those of the page, over whatever the canvas was moved by before. */
function enter(context: CanvasRenderingContext2D, element: SVGGraphicsElement): void {
  const matrix = element.getScreenCTM()
  if (matrix) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
}

export function paintShape(
  context: CanvasRenderingContext2D,
  shape: SVGGeometryElement,
  style: CSSStyleDeclaration,
): void {
  const outline = outlineOf(shape)
  if (!outline) return
  context.save()
  enter(context, shape)
  const alpha = context.globalAlpha
  if (style.fill !== 'none') {
    context.globalAlpha = alpha * Number(style.fillOpacity)
    context.fillStyle = style.fill
    context.fill(outline)
  }
  if (style.stroke !== 'none') {
    context.globalAlpha = alpha * Number(style.strokeOpacity)
    context.strokeStyle = style.stroke
    context.lineWidth = Number.parseFloat(style.strokeWidth)
    context.lineCap = style.strokeLinecap as CanvasLineCap // both take butt, round, square
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin // our icons use the three a canvas knows
    context.setLineDash(
      style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
    )
    context.stroke(outline)
  }
  context.restore()
}

function outlineOf(shape: SVGGeometryElement): Path2D | null {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '')
  const path = new Path2D()
  if (shape instanceof SVGRectElement) {
    const { x, y, width, height, rx } = shape
    path.roundRect(
      x.baseVal.value,
      y.baseVal.value,
      width.baseVal.value,
      height.baseVal.value,
      rx.baseVal.value,
    )
  } else if (shape instanceof SVGCircleElement) {
    path.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 2 * Math.PI)
  } else if (shape instanceof SVGLineElement) {
    path.moveTo(shape.x1.baseVal.value, shape.y1.baseVal.value)
    path.lineTo(shape.x2.baseVal.value, shape.y2.baseVal.value)
  } else if (shape instanceof SVGPolylineElement || shape instanceof SVGPolygonElement) {
    for (const point of shape.points) path.lineTo(point.x, point.y)
    if (shape instanceof SVGPolygonElement) path.closePath()
  } else return null
  return path
}

/** Letter by letter like all text; what stands in `tspan` elements is painted as their own. */
export function paintSvgText(
  context: CanvasRenderingContext2D,
  element: SVGTextContentElement,
  style: CSSStyleDeclaration,
): void {
  if (element.firstElementChild) return
  context.save()
  enter(context, element)
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.textBaseline = 'alphabetic'
  const letters = element.textContent
  const each = (draw: (letter: string, x: number, y: number) => void) => {
    for (let index = 0; index < letters.length; index++) {
      const { x, y } = element.getStartPositionOfChar(index)
      draw(letters[index] ?? '', x, y)
    }
  }
  if (style.stroke !== 'none') {
    context.strokeStyle = style.stroke
    context.lineWidth = Number.parseFloat(style.strokeWidth)
    context.lineJoin = 'round'
    each((letter, x, y) => context.strokeText(letter, x, y))
  }
  context.fillStyle = style.fill
  each((letter, x, y) => context.fillText(letter, x, y))
  context.restore()
}
