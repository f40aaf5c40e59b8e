import type { Catalogues } from '#platform/ui/messages.tsx'
import type practice from './messages/fr.json'

type Practice = typeof practice
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Practice {}
}

/** One language at a time. */
export const catalogues: Catalogues = {
  fr: () => import('./words.fr.ts').then((words) => words.catalogue),
  en: () => import('./words.en.ts').then((words) => words.catalogue),
}
