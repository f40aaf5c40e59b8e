import { Download, Files, Settings } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const group = 'cabinet.group'

export const practice: Manifest = {
  pages: [
    {
      path: '/files',
      title: 'cabinet.files',
      needs: 'cabinet.files',
      load: () => import('./files-page.tsx').then((module) => module.FilesPage),
    },
    {
      path: '/settings',
      title: 'cabinet.settings',
      needs: 'cabinet.manage',
      load: () => import('./settings-page.tsx').then((module) => module.SettingsPage),
    },
  ],
  menu: [
    { group, label: 'cabinet.files', icon: Files, to: '/files', needs: 'cabinet.files' },
    { group, label: 'cabinet.settings', icon: Settings, to: '/settings', needs: 'cabinet.manage' },
  ],
  commands: [{ label: 'cabinet.export.start', icon: Download, to: '/settings', needs: 'cabinet.export' }],
  cards: {
    practice_home_foot: {
      needs: 'cabinet.read',
      load: () => import('./home-cards.tsx').then((module) => module.HomeCards),
    },
  },
}
