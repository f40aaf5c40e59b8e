/** A statement as it may stand in the vendor's log: what it does, without whom it names (decision 25). */
import { scanSync } from 'libpg-query'

const longest = 10_000
/** What is longer nobody typed; of comments the scanner takes a time for each that grows with their number. */
const read = { text: 200_000, comments: 3_000 }

const comments = new Set(['SQL_COMMENT', 'C_COMMENT'])
const numbers = new Set(['ICONST', 'FCONST'])

/** Without comments, each value and each quoted name an ellipsis. What the parser cannot read is not repeated at all. */
export function wordless(text: string): string {
  if (text.length > read.text || (text.match(/\/\*/g)?.length ?? 0) > read.comments) return ''
  try {
    const bytes = Buffer.from(text)
    const parts: string[] = []
    let at = 0
    for (const { start, end, tokenName, text: token } of scanSync(text).tokens) {
      const isComment = comments.has(tokenName)
      // Whatever stands in quotes, of whichever kind: the scanner has no name for some of them.
      if (!isComment && !numbers.has(tokenName) && !/['"]|^\$(?!\d+$)/.test(token)) continue
      parts.push(bytes.subarray(at, start).toString(), isComment ? ' ' : '…')
      at = end
    }
    parts.push(bytes.subarray(at).toString())
    return parts.join('').trim().slice(0, longest)
  } catch {
    return ''
  }
}
