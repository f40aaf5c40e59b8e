import { ShieldCheck } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export { ImpersonationFrame } from './inside/frame.tsx'
export { useLeavingImpersonation } from './inside/leaving.ts'
export { UnlessOver } from './inside/over.tsx'
export { noteImpersonation, noteOneself, showOver, wasImpersonating } from './inside/tab.ts'

const needs = 'cabinet.accesses'

export const practice: Manifest = {
  pages: [
    {
      frame: 'bare',
      path: '/assistance',
      title: 'impersonation.practice.entering',
      load: () => import('./inside/enter-page.tsx').then((module) => module.EnterPage),
    },
    {
      path: '/accesses',
      title: 'impersonation.practice.accesses',
      needs,
      load: () => import('./ledger/accesses-page.tsx').then((module) => module.AccessesPage),
    },
    {
      path: '/accesses/$id',
      title: 'impersonation.practice.access',
      under: '/accesses',
      needs,
      load: () => import('./ledger/access-page.tsx').then((module) => module.AccessPage),
    },
  ],
  menu: [
    {
      group: 'cabinet.group',
      label: 'impersonation.practice.menu',
      icon: ShieldCheck,
      to: '/accesses',
      needs,
    },
  ],
  cards: {
    home: { needs, load: () => import('./ledger/notice.tsx').then((module) => module.AccessNotice) },
  },
}
