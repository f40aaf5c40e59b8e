/** A statement as it may stand in the vendor's log: what it does, without whom it names (decision 25). */
import { scanSync } from 'libpg-query'

const longest = 10_000
const mostComments = 3_000

const comments = new Set(['SQL_COMMENT', 'C_COMMENT'])
const constants = new Set(['SCONST', 'USCONST', 'BCONST', 'XCONST', 'ICONST', 'FCONST'])

/** Without comments, each value and each quoted name an ellipsis. What the parser cannot read is not repeated at all. */
export function wordless(text: string): string {
  // The scanner takes a time for each that grows with their number.
  if ((text.match(/\/\*|--/g)?.length ?? 0) > mostComments) return ''
  try {
    const bytes = Buffer.from(text)
    const parts: string[] = []
    let at = 0
    for (const { start, end, tokenName } of scanSync(text).tokens) {
      const isQuoted = bytes[start] === 0x22 || (tokenName === 'UIDENT' && end > start)
      if (!comments.has(tokenName) && !constants.has(tokenName) && !isQuoted) continue
      parts.push(bytes.subarray(at, start).toString(), comments.has(tokenName) ? ' ' : '…')
      at = end
    }
    parts.push(bytes.subarray(at).toString())
    return parts.join('').trim().slice(0, longest)
  } catch {
    return ''
  }
}
