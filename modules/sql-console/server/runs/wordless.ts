/** A statement as it may stand in the vendor's log: what it does, without whom it names (decision 25). */
import { normalizeSync, scanSync } from 'libpg-query'

const longest = 10_000

/** Without comments, each value a `$n`. What the parser cannot read is not repeated at all. */
export function wordless(text: string): string {
  try {
    const bytes = Buffer.from(text)
    const { tokens } = scanSync(text)
    let bare = ''
    let at = 0
    for (const { start, end, tokenName } of tokens) {
      if (tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT') continue
      bare += `${bytes.subarray(at, start)} `
      at = end
    }
    bare += bytes.subarray(at).toString()
    return normalizeSync(bare).trim().slice(0, longest)
  } catch {
    return ''
  }
}
