/**
 * The texts of a mail as one, each read once, within one measure for all of them: what a sender splits into many parts costs
 * no more than what stands in one.
 */
import { markdownOf } from './html.ts'
import { longest } from './lines.ts'
import { withoutMarks } from './marks.ts'
import { bounds, textOf, type Part } from './parts.ts'

export function textIn(texts: readonly Part[], picture: (contentId: string) => string): string {
  const said: string[] = []
  // By their bytes: one that stands in for several is a copy in each of them.
  const read = new Set<Part['pieces']>()
  /** Letters, and of what was read to find them, tags and all, bytes. */
  const left: { letters: number; bytes: number } = { letters: longest, bytes: bounds.textBytes }

  const readOne = (part: Part): string => {
    if (read.has(part.pieces) || left.letters <= 0 || left.bytes <= 0) return ''
    read.add(part.pieces)
    const text = textOf(part, left.bytes)
    left.bytes -= Math.max(text.length, Math.min(part.codedBytes, left.bytes))
    const words = part.type === 'text/html' ? markdownOf(text, picture, left.letters) : withoutMarks(text)
    left.letters -= words.length
    return words
  }

  for (const part of texts) {
    const words = readOne(part)
    if (words.trim() !== '') said.push(words)
    else said.push(...part.instead.map(readOne).filter((other) => other.trim() !== ''))
  }
  return said.join('\n\n').slice(0, longest)
}
