import { oneSlipAway } from './one-slip.ts'
import { plainText } from './plain-text.ts'

/** What one typed word may stand for. */
export type TypedWord = {
  /** As typed, without accents: found as it is anywhere in a client's text. */
  literal: string
  /** Its pieces between `@._+-`, each with the words it may have meant; none for what is no word of letters. */
  parts: { literal: string; meant: readonly string[] }[]
}

export type Search = { text: string; words: TypedWord[] }

/** Shorter words are one slip away from too many others; longer ones are no words. */
const forgiven = (word: string) => word.length >= 4 && word.length <= 30

/** What was typed, each word with what one slip may have made of it. */
export function meaningOf(q: string): Search {
  const text = plainText(q)
  return { text, words: text.split(' ').filter(Boolean).map(meaningOfWord) }
}

function meaningOfWord(literal: string): TypedWord {
  const pieces = literal.split(/[@._+-]+/).filter(Boolean)
  // In a number a wrong digit is another number.
  if (!pieces.every((piece) => /^[a-z]+$/.test(piece))) return { literal, parts: [] }
  return {
    literal,
    parts: pieces.map((piece) => ({ literal: piece, meant: forgiven(piece) ? oneSlipAway(piece) : [] })),
  }
}
