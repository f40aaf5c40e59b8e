import type { Catalogue, Catalogues } from '#platform/ui/messages.tsx'
import { offerWords, wantWords, wordsIn } from '#platform/ui/words.ts'
import type shell from './messages/fr.json'

type Shell = typeof shell
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Shell {}
}

/** Of the modules that have pages here, and no others. */
const modules = Object.keys(import.meta.glob('../../modules/*/practice/index.tsx')).map(
  (file) => file.split('/')[3] ?? file,
)
const files = import.meta.glob<Catalogue>('../../modules/*/messages/*.json', { import: 'default' })

/** One language at a time, and of it the words of the modules that were met. */
export const catalogues: Catalogues = { fr: () => wordsIn('fr'), en: () => wordsIn('en') }

offerWords({
  shell: {
    fr: () => import('./words.fr.ts').then((words) => words.catalogue),
    en: () => import('./words.en.ts').then((words) => words.catalogue),
  },
  cards: {
    fr: () => import('./cards.fr.ts').then((words) => words.catalogue),
    en: () => import('./cards.en.ts').then((words) => words.catalogue),
  },
  ...Object.fromEntries(modules.map((module) => [module, wordsOf(module)])),
})
void wantWords('shell') // nothing is spoken yet: it comes with the first language

function wordsOf(module: string): Catalogues {
  const load = (language: string) =>
    files[`../../modules/${module}/messages/${language}.json`]?.() ?? Promise.resolve({})
  return { fr: () => load('fr'), en: () => load('en') }
}
