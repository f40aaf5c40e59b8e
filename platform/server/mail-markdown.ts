/**
 * What somebody wrote in Markdown, in a mail: the same reading as on the screen (`platform/contract/markdown.ts`), so that
 * lists, quotes, links and line breaks stand as they were written, and everything else as the letters it is.
 */
import { parseMarkdown, type Block, type Inline } from '#platform/contract/markdown.ts'
import { escaped } from './mail-html.ts'

export function htmlOfMarkdown(text: string): string {
  return parseMarkdown(text).map(blockHtml).join('\n')
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<p style="margin:24px 0 8px;font-weight:600">${inline(block.text)}</p>`
    case 'list': {
      const items = block.items.map((item) => `<li>${inline(item)}</li>`).join('\n')
      const style = 'style="margin:0 0 16px;padding:0 0 0 24px"'
      return block.ordered
        ? `<ol start="${block.start}" ${style}>\n${items}\n</ol>`
        : `<ul ${style}>\n${items}\n</ul>`
    }
    case 'quote':
      return `<blockquote class="quiet line" style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #e2dfd9;color:#645f57">${lines(block.lines)}</blockquote>`
    default:
      return `<p style="margin:0 0 16px">${lines(block.lines)}</p>`
  }
}

const lines = (many: readonly Inline[][]) => many.map(inline).join('<br>\n')

const inline = (parts: readonly Inline[]) => parts.map(partHtml).join('')

function partHtml(part: Inline): string {
  const said = escaped(part.text)
  if (part.style === 'bold') return `<strong>${said}</strong>`
  if (part.style === 'italic') return `<em>${said}</em>`
  return part.style === 'link'
    ? `<a class="link" href="${escaped(part.href)}" target="_blank" rel="noopener noreferrer nofollow" style="color:#0f6b61">${said}</a>`
    : said
}
