/** What verbs and objects are called, in both languages and as codes: the words by which people look for them. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { plainText } from '#platform/server/plain-text.ts'

export type Vocabulary = {
  /** Verbs whose words hold all of these, at least as beginnings: `modif` finds what « a modifié le client » says. */
  verbsSaying(words: readonly string[]): string[]
  objectTypesSaying(words: readonly string[]): string[]
}

/** @param messages of each language, by key */
export function vocabularyOf(messages: readonly Readonly<Record<string, string>>[]): Vocabulary {
  const verbs = textsUnder('audit.verb.', messages)
  const objects = textsUnder('audit.object.', messages)
  return {
    verbsSaying: (words) => saying(words, verbs),
    objectTypesSaying: (words) => saying(words, objects),
  }
}

export const vocabulary: Vocabulary = vocabularyOf(
  ['fr', 'en'].map((language) =>
    z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(new URL(`../../messages/${language}.json`, import.meta.url), 'utf8'))),
  ),
)

function textsUnder(prefix: string, messages: readonly Readonly<Record<string, string>>[]) {
  const texts = new Map<string, string>()
  for (const [key, sentence] of messages.flatMap((words) => Object.entries(words))) {
    if (!key.startsWith(prefix)) continue
    const code = key.slice(prefix.length)
    const inWords = code.replaceAll(/[._]/g, ' ')
    texts.set(code, `${texts.get(code) ?? ` ${code} ${inWords}`} ${plainText(withoutCases(sentence))}`)
  }
  return texts
}

function saying(words: readonly string[], texts: ReadonlyMap<string, string>): string[] {
  if (words.length === 0) return []
  return [...texts]
    .filter(([, text]) => words.every((word) => text.includes(` ${word}`)))
    .map(([code]) => code)
}

/** The cases of a plural are no words: `{count, plural, one {…}}`. */
function withoutCases(sentence: string): string {
  return sentence.replaceAll(/\{\w+, (?:plural|select),|\b(?:one|other)\b/g, ' ')
}
