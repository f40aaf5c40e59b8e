import { Mails } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export const backoffice: Manifest = {
  pages: [
    {
      path: '/outbox',
      title: 'mail.outbox',
      needs: 'mail.read',
      load: () => import('./outbox.tsx').then((module) => module.Outbox),
    },
    {
      path: '/demonstration/mails',
      title: 'mail.demonstration',
      frame: 'bare',
      load: () => import('./demonstration-mails.tsx').then((module) => module.DemonstrationMails),
    },
  ],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'mail.outbox',
      icon: Mails,
      to: '/outbox',
      needs: 'mail.read',
      shortcut: 'g o',
    },
  ],
}
