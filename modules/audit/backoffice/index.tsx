import { ScrollText } from 'lucide-react'
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
      path: '/audit',
      title: 'audit.title',
      needs: 'audit.read',
      load: () => import('./audit-log.tsx').then((module) => module.AuditLog),
    },
  ],
  borrows: ['access'],
  menu: [
    {
      group: 'shell.group.administration',
      label: 'audit.title',
      icon: ScrollText,
      to: '/audit',
      needs: 'audit.read',
      shortcut: 'g j',
    },
  ],
  landing: { auditor: '/audit' },
}
