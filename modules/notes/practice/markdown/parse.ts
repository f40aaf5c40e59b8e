/**
 * The light Markdown of notes: headings, lists, bold and italics. What is read becomes data and then elements, never HTML:
 * whatever else somebody writes, a `<script>` say, is shown as the letters it is.
 */

export type Inline = { style: 'plain' | 'bold' | 'italic'; text: string }

export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; text: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  /** One line a line, as it was typed. */
  | { kind: 'paragraph'; lines: Inline[][] }

const heading = /^(#{1,3}) +(.*)$/
const bullet = /^ {0,3}[-*•] +(.*)$/
const numbered = /^ {0,3}(\d{1,6})[.)] +(.*)$/

export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  const begin = (block: Block) => blocks.push((open = block))
  for (const line of text.split('\n')) {
    const [, marks, title] = heading.exec(line) ?? []
    const [, point] = bullet.exec(line) ?? []
    const [, number, numberedPoint] = numbered.exec(line) ?? []
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
    } else if (open?.kind === 'paragraph') open.lines.push(parseInline(line))
    else begin({ kind: 'paragraph', lines: [parseInline(line)] })
  }
  return blocks
}

const marked = /\*\*(?=\S)([^*]*[^*\s])\*\*|(?<![\w*])\*(?=\S)([^*]*[^*\s])\*(?![\w*])/g

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let from = 0
  for (const found of text.matchAll(marked)) {
    if (found.index > from) parts.push({ style: 'plain', text: text.slice(from, found.index) })
    const [whole, bold, italic = ''] = found
    parts.push(bold === undefined ? { style: 'italic', text: italic } : { style: 'bold', text: bold })
    from = found.index + whole.length
  }
  if (from < text.length) parts.push({ style: 'plain', text: text.slice(from) })
  return parts
}
