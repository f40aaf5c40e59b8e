import type { Manifest, Page } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

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
    // Mailed links lead here.
    { ...link, path: '/invitation', title: 'identity.practice.invitation' },
    { ...link, path: '/password', title: 'identity.practice.password' },
  ],
}
