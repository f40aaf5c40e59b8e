import { KeyRound } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type fr from '../messages/fr.json'
import type { ExplanationProps } from './explanation.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

/** Why somebody was refused; the app shows it wherever a permission was missing. */
export const explanation = part<ExplanationProps>(() =>
  withWords(
    ['access'],
    import('./explanation.tsx').then((module) => module.Explanation),
  ),
)

export const backoffice: Manifest = {
  pages: [
    {
      path: '/roles',
      title: 'access.title',
      needs: 'roles.read',
      load: () => import('./matrix/roles-page.tsx').then((module) => module.RolesPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.settings',
      label: 'access.title',
      icon: KeyRound,
      to: '/roles',
      needs: 'roles.read',
      shortcut: 'g r',
    },
  ],
}
