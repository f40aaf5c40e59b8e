import { ShieldCheck } from 'lucide-react'
import type { Manifest, Page } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { team } from './team-manifest.ts'

export { EnvironmentBadge } from './environment-badge.tsx'
export { StepUp } from './step-up/step-up.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const bare = { frame: 'bare' } as const
const link = {
  ...bare,
  load: () => import('./links/link-page.tsx').then((module) => module.LinkPage),
} satisfies Partial<Page>

export const backoffice: Manifest = {
  pages: [
    {
      ...bare,
      path: '/sign-in',
      title: 'identity.sign-in',
      load: () => import('./sign-in/sign-in-page.tsx').then((module) => module.SignInPage),
    },
    {
      ...bare,
      path: '/forgotten-password',
      title: 'identity.forgotten',
      load: () =>
        import('./links/forgotten-password-page.tsx').then((module) => module.ForgottenPasswordPage),
    },
    // Mailed links lead here.
    { ...link, path: '/invitation', title: 'identity.invitation' },
    { ...link, path: '/password', title: 'identity.password.choose' },
    { ...link, path: '/enrolment', title: 'identity.enrol-anew' },
    { ...link, path: '/factor-reset-refusal', title: 'identity.refuse' },
    {
      path: '/account',
      title: 'identity.account',
      load: () => import('./account/account-page.tsx').then((module) => module.AccountPage),
    },
    ...team.pages,
  ],
  borrows: ['access'],
  menu: team.menu,
  commands: [{ label: 'identity.account', icon: ShieldCheck, to: '/account' }, ...team.commands],
  records: team.records,
}
