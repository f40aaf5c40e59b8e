/**
 * A page of HTML as the Markdown of this house. Nothing of it gets through but words and what `platform/contract/markdown.ts`
 * knows; what is hidden is left out. Where history and signatures begin and end is marked (`marks.ts`), as mail programs
 * mark it themselves. However it is nested, the work is in proportion to its length.
 */
import { Parser } from 'htmlparser2'
import { plain } from './charsets.ts'
import { linkOf } from './links.ts'
import { lineWriter } from './lines.ts'
import { withoutMarks } from './marks.ts'
import { isHidden, isTight, roleOf, type Attributes } from './programs.ts'

/** `picture`: for the content id of one in the mail, what stands in its place. */
export function markdownOf(
  html: string,
  picture: (contentId: string) => string,
  /** Letters that are written, more or less. */
  most?: number,
): string {
  const out = lineWriter(most)
  let open: Frame[] = []
  let skipping = 0

  const begin = (name: string, attributes: Attributes) => {
    const frame: Frame = { name, end: [] }
    open.push(frame)
    if (skipping > 0 || unseen.has(name) || isHidden(attributes)) {
      skipping++
      frame.end.push(() => skipping--)
      return
    }
    const role = roleOf(name, attributes)
    if (role) frame.end.push(out.mark(role))
    frame.end.push(...beginElement(name, attributes))
  }

  const beginElement = (name: string, attributes: Attributes): (() => void)[] => {
    if (name === 'br') out.breakLine()
    else if (name === 'hr') out.line('')
    else if (name === 'img') out.say(pictureOf(attributes))
    else if (name === 'b' || name === 'strong' || name === 'h4' || name === 'h5' || name === 'h6')
      return [...(name.startsWith('h') ? [out.block(true)] : []), out.style('**')]
    else if (name === 'i' || name === 'em') return [out.style('*')]
    else if (name === 'a') return [out.link(linkOf(attributes.href))]
    else if (name === 'h1' || name === 'h2' || name === 'h3') return [out.heading(Number(name[1]))]
    else if (name === 'ul' || name === 'ol') return [out.list(name === 'ol', Number(attributes.start ?? 1))]
    else if (name === 'li') return [out.item()]
    else if (name === 'blockquote') return [out.quote()]
    else if (name === 'pre') return [out.asTyped()]
    else if (name === 'td' || name === 'th') out.cell()
    else if (name === 'p') return [out.block(!isTight(attributes))]
    else if (apart.has(name)) return [out.block(true)]
    else if (lines.has(name)) return [out.block(false)]
    return []
  }

  const pictureOf = ({ src = '', alt = '' }: Attributes) =>
    /^cid:/i.test(src) ? picture(src.slice(4)) : /^https?:/i.test(src) ? '' : alt

  const reader = () =>
    new Parser({
      onopentag: begin,
      onclosetag: () => {
        for (const end of open.pop()?.end.toReversed() ?? []) end()
      },
      ontext: (text) => {
        if (skipping === 0) out.say(withoutMarks(plain(text)))
      },
    })

  let parser = reader()
  for (let at = 0; at < html.length && !out.isFull(); at += stepLength) {
    parser.write(html.slice(at, at + stepLength))
    // Nobody writes so deep; the parser's own list of what is open would cost more with each.
    if (open.length > deepest) {
      while (open.length > 0) for (const end of open.pop()?.end.toReversed() ?? []) end()
      open = []
      skipping = 0
      parser = reader()
    }
  }
  if (!out.isFull()) parser.end()
  return out.written()
}

type Frame = { name: string; end: (() => void)[] }

const [stepLength, deepest] = [8_192, 400]

const unseen = new Set(
  'head title style script template noscript svg math object embed iframe frame audio video canvas select textarea button map'.split(
    ' ',
  ),
)
const apart = new Set('table dl fieldset figure'.split(' '))
const lines = new Set(
  'div tr dt dd section article header footer main aside address center form nav caption figcaption body html'.split(
    ' ',
  ),
)
