import { Building2, Users } from 'lucide-react'
import type { Manifest, Page } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export { StepUp } from './step-up/step-up.tsx'
export { useShownMember } from './switching/shown-member.ts'
export { practiceJustEntered, useSwitching } from './switching/switching.ts'

/** Seldom wanted: only once another window took the session elsewhere. */
export const moved = part(() =>
  withWords(
    ['identity'],
    import('./switching/moved.tsx').then((module) => module.Moved),
  ),
)

/** The frame of a page for who is not signed in, with its words: other modules have such pages too. */
export const loadBarePage = () =>
  withWords(
    ['identity'],
    import('./bare-page.tsx').then((module) => module.BarePage),
  )

const bare = { frame: 'bare' } as const
const link = {
  ...bare,
  load: () => import('./link-page.tsx').then((module) => module.LinkPage),
} satisfies Partial<Page>

export const practice: Manifest = {
  pages: [
    {
      ...bare,
      path: '/sign-in',
      title: 'identity.practice.sign-in',
      load: () => import('./sign-in-page.tsx').then((module) => module.SignInPage),
    },
    {
      ...bare,
      path: '/forgotten-password',
      title: 'identity.practice.forgotten',
      load: () => import('./forgotten-password-page.tsx').then((module) => module.ForgottenPasswordPage),
    },
    {
      path: '/members',
      title: 'identity.team',
      needs: 'cabinet.members',
      load: () => import('./team/members-page.tsx').then((module) => module.MembersPage),
    },
    {
      path: '/practices',
      title: 'identity.practices',
      load: () => import('./switching/practices-page.tsx').then((module) => module.PracticesPage),
    },
    {
      path: '/account',
      title: 'identity.practice.account',
      load: () => import('./account/account-page.tsx').then((module) => module.AccountPage),
    },
    // Mailed links lead here.
    { ...link, path: '/invitation', title: 'identity.practice.invitation' },
    { ...link, path: '/password', title: 'identity.practice.password' },
  ],
  menu: [
    {
      group: 'identity.team',
      label: 'identity.team',
      icon: Users,
      to: '/members',
      needs: 'cabinet.members',
    },
  ],
  cards: {
    home: {
      load: () => import('./switching/home-card.tsx').then((module) => module.OtherPractices),
    },
  },
  commands: [{ label: 'identity.practices', icon: Building2, to: '/practices' }],
}
