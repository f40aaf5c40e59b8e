/**
 * The light Markdown of notes and letters: headings, lists, quotes, bold, italics and links. What is read becomes data and
 * then elements, never HTML: whatever else somebody writes, a `<script>` say, is shown as the letters it is. Links lead to
 * `https:`, `mailto:` and `tel:` alone.
 */

export type Inline =
  | { style: 'plain' | 'bold' | 'italic'; text: string }
  | { style: 'link'; text: string; href: string }

export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; text: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  /** One line a line, as it was typed. */
  | { kind: 'paragraph' | 'quote'; lines: Inline[][] }

// The rest of a line is any letter at all: what it cannot pass makes it try again from each space before.
const heading = /^(#{1,3}) +(.*)$/s
const bullet = /^ {0,3}[-*•] +(.*)$/s
const numbered = /^ {0,3}(\d{1,6})[.)] +(.*)$/s
const quoted = /^ {0,3}> ?(.*)$/s

export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  const begin = (block: Block) => blocks.push((open = block))
  for (const line of text.split(/\r\n|\n/)) {
    const [, marks, title] = heading.exec(line) ?? []
    const [, point] = bullet.exec(line) ?? []
    const [, number, numberedPoint] = numbered.exec(line) ?? []
    const [, quote] = quoted.exec(line) ?? []
    if (line.trim() === '') open = undefined
    else if (marks !== undefined && title !== undefined) {
      // The page's own heading is the first level.
      begin({ kind: 'heading', level: (marks.length + 1) as 2 | 3 | 4, text: parseInline(title) }) // one to three marks
      open = undefined
    } else if (point !== undefined) {
      if (open?.kind === 'list' && !open.ordered) open.items.push(parseInline(point))
      else begin({ kind: 'list', ordered: false, start: 1, items: [parseInline(point)] })
    } else if (number !== undefined && numberedPoint !== undefined) {
      if (open?.kind === 'list' && open.ordered) open.items.push(parseInline(numberedPoint))
      else begin({ kind: 'list', ordered: true, start: Number(number), items: [parseInline(numberedPoint)] })
    } else if (quote !== undefined) {
      if (open?.kind === 'quote') open.lines.push(parseInline(quote))
      else begin({ kind: 'quote', lines: [parseInline(quote)] })
    } else if (open?.kind === 'paragraph') open.lines.push(parseInline(line))
    else begin({ kind: 'paragraph', lines: [parseInline(line)] })
  }
  return blocks
}

const address = String.raw`(?:https:\/\/|mailto:|tel:\+?\d)[^\s<>"()\[\]]*`
const marked = new RegExp(
  [
    String.raw`\*\*(?=\S)([^*]*[^*\s])\*\*`,
    String.raw`(?<![\w*])\*(?=\S)([^*]*[^*\s])\*(?![\w*])`,
    String.raw`\[([^\[\]]{1,500})\]\((${address})\)`,
    String.raw`(?<![\w/])(https:\/\/[^\s<>"\[\]]+)`,
  ].join('|'),
  'g',
)

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let from = 0
  for (const found of text.matchAll(marked)) {
    if (found.index > from) parts.push({ style: 'plain', text: text.slice(from, found.index) })
    const [whole, bold, italic, words, href, bare] = found
    from = found.index + whole.length
    if (bold !== undefined) parts.push({ style: 'bold', text: bold })
    else if (italic !== undefined) parts.push({ style: 'italic', text: italic })
    else if (words !== undefined && href !== undefined) parts.push({ style: 'link', text: words, href })
    else if (bare !== undefined) {
      const link = withoutTrail(bare)
      parts.push({ style: 'link', text: link, href: link })
      from -= bare.length - link.length
    }
  }
  if (from < text.length) parts.push({ style: 'plain', text: text.slice(from) })
  return parts
}

const trail = new Set(".,;:!?*'»”’")

/** The sentence's full stop, and the bracket the address stands in, are none of its own. */
function withoutTrail(link: string): string {
  let end = link.length
  while (end > 0 && trail.has(link.charAt(end - 1))) end--
  const bare = link.slice(0, end)
  const count = (letter: string) => bare.split(letter).length
  return bare.endsWith(')') && count(')') > count('(') ? bare.slice(0, -1) : bare
}
