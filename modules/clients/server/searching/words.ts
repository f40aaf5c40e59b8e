import { plainText } from '#platform/server/plain-text.ts'

/** A word of letters, with the known words it may have meant. */
export type Part = { literal: string; meant: readonly string[] }

/** What one typed word may stand for. */
export type TypedWord = {
  /** As typed, without accents: found as it is anywhere in a client's text. */
  literal: string
  /** Its pieces between `@._+-`; none for what holds a figure, since in a number a wrong digit is another number. */
  parts: Part[]
}

export type Search = { text: string; words: TypedWord[] }

/** What was typed, word by word, nothing forgiven yet. */
export function wordsOf(q: string): Search {
  const text = plainText(q)
  return { text, words: text.split(' ').filter(Boolean).map(wordOf) }
}

function wordOf(literal: string): TypedWord {
  const pieces = literal.split(/[@._+-]+/).filter(Boolean)
  const letters = pieces.every((piece) => /^[a-z]+$/.test(piece))
  return { literal, parts: letters ? pieces.map((piece) => ({ literal: piece, meant: [] })) : [] }
}
