import { Megaphone } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'announcements.publish'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/announcements',
      title: 'announcements.title',
      needs,
      load: () => import('./announcements-page.tsx').then((module) => module.AnnouncementsPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.customers',
      label: 'announcements.title',
      icon: Megaphone,
      to: '/announcements',
      needs,
    },
  ],
}
