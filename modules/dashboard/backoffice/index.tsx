import { Download, Gauge, ImageDown, Presentation } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'dashboard.read'

export const backoffice: Manifest = {
  pages: [
    {
      path: '/dashboard',
      title: 'dashboard.title',
      needs,
      load: () => import('./dashboard-page.tsx').then((module) => module.DashboardPage),
    },
  ],
  menu: [
    {
      group: 'shell.group.steering',
      label: 'dashboard.title',
      icon: Gauge,
      to: '/dashboard',
      needs,
      shortcut: 'g t',
    },
  ],
  commands: [
    { label: 'dashboard.command.meeting', icon: Presentation, to: '/dashboard?meeting=on', needs },
    { label: 'dashboard.command.csv', icon: Download, to: '/dashboard?export=csv', needs },
    { label: 'dashboard.command.png', icon: ImageDown, to: '/dashboard?export=png', needs },
  ],
  landing: {
    super_administrator: '/dashboard',
    administrator: '/dashboard',
    direction: '/dashboard',
  },
}
