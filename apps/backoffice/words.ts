import type { Catalogues } from '#platform/ui/messages.tsx'
import type access from '../../modules/access/messages/fr.json'
import type shell from './messages/fr.json'

type Shell = typeof shell
type Access = typeof access
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Shell, Access {}
}

/** One language at a time. */
export const catalogues: Catalogues = {
  fr: () => import('./words.fr.ts').then((words) => words.catalogue),
  en: () => import('./words.en.ts').then((words) => words.catalogue),
}
