/**
 * Words come in parts, like the code that says them: those of the shell before the first render,
 * those of a module with its first page. A part once wanted is there in every language chosen later.
 */
import type { Language } from './preferences.ts'
import type { Catalogue } from './translator.tsx'

export type Catalogues = Readonly<Record<Language, () => Promise<Catalogue>>>

let offered: Readonly<Record<string, Catalogues>> = {}
const wanted = new Set<string>()
const spoken = new Map<Language, Record<string, Catalogue[string]>>()
const coming = new Map<string, Promise<void>>()

/** Called once by the app: where the words of each part are. */
export function offerWords(parts: Readonly<Record<string, Catalogues>>): void {
  offered = parts
}

/**
 * What is known in a language, all that was wanted so far; it grows as more is wanted.
 *
 * @throws when words did not come: the next call asks again
 */
export async function wordsIn(language: Language): Promise<Catalogue> {
  const known = spoken.get(language) ?? {}
  spoken.set(language, known)
  await Promise.all([...wanted].map((part) => learn(part, language)))
  return known
}

/** Has the words of these parts come, before something is shown that says them. */
export async function wantWords(...parts: readonly string[]): Promise<void> {
  for (const part of parts) wanted.add(part)
  await Promise.all([...spoken.keys()].flatMap((language) => parts.map((part) => learn(part, language))))
}

/**
 * Code together with the words it says, for what is shown on the pages of other modules.
 *
 * @example part(() => withWords(['identity'], import('./step-up-dialog.tsx').then((m) => m.StepUpDialog)))
 */
export async function withWords<Code>(parts: readonly string[], code: Promise<Code>): Promise<Code> {
  const [loaded] = await Promise.all([code, wantWords(...parts)])
  return loaded
}

function learn(part: string, language: Language): Promise<void> {
  const name = `${part}/${language}`
  const already = coming.get(name)
  if (already) return already
  const learning = fetchWords(part, language).catch((reason: unknown) => {
    coming.delete(name)
    throw reason
  })
  coming.set(name, learning)
  return learning
}

async function fetchWords(part: string, language: Language): Promise<void> {
  const words = await offered[part]?.[language]()
  Object.assign(spoken.get(language) ?? {}, words)
}
