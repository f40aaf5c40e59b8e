import { BellRing, MessageSquare } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'reminders.read'

export const practice: Manifest = {
  borrows: ['patients'],
  pages: [
    {
      path: '/messages',
      title: 'reminders.title',
      needs,
      load: () => import('./journal/journal-page.tsx').then((module) => module.JournalPage),
    },
    {
      path: '/messages/reminders',
      title: 'reminders.settings',
      under: '/messages',
      needs,
      load: () => import('./settings/settings-page.tsx').then((module) => module.ReminderSettingsPage),
    },
  ],
  menu: [
    {
      group: 'reminders.title',
      label: 'reminders.title',
      icon: MessageSquare,
      to: '/messages',
      needs,
      shortcut: 'g m',
    },
  ],
  commands: [
    {
      label: 'reminders.new',
      icon: MessageSquare,
      to: '/messages?new=1',
      needs: ['reminders.send', 'patients.read'],
    },
    { label: 'reminders.settings', icon: BellRing, to: '/messages/reminders', needs },
  ],
  cards: {
    fee_note: {
      needs: 'fees.manage',
      load: () => import('./fee-note-card.tsx').then((module) => module.FeeNoteMailing),
    },
    patient: {
      needs,
      load: () => import('./patient-card.tsx').then((module) => module.PatientMessages),
    },
  },
}
