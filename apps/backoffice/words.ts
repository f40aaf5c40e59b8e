import type { Catalogues } from '#platform/ui/messages.tsx'
import type shell from './messages/fr.json'

type Shell = typeof shell
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Shell {}
}

/** One language at a time. */
export const catalogues: Catalogues = {
  fr: () => import('./words.fr.ts').then((words) => words.catalogue),
  en: () => import('./words.en.ts').then((words) => words.catalogue),
}
