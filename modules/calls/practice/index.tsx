import { ListTodo, Phone, PhoneIncoming } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export const practice: Manifest = {
  borrows: ['patients'],
  pages: [
    {
      path: '/calls',
      title: 'calls.title',
      needs: 'calls.read',
      load: () => import('./calls/calls-page.tsx').then((module) => module.CallsPage),
    },
    {
      path: '/tasks',
      title: 'calls.tasks.title',
      needs: 'tasks.read',
      load: () => import('./tasks/tasks-page.tsx').then((module) => module.TasksPage),
    },
  ],
  menu: [
    {
      group: 'calls.title',
      label: 'calls.title',
      icon: Phone,
      to: '/calls',
      needs: 'calls.read',
      shortcut: 'g l',
    },
    {
      group: 'calls.title',
      label: 'calls.tasks.title',
      icon: ListTodo,
      to: '/tasks',
      needs: 'tasks.read',
      shortcut: 'g t',
    },
  ],
  commands: [
    { label: 'calls.new', icon: PhoneIncoming, to: '/calls?new=1', needs: 'calls.manage' },
    { label: 'calls.tasks.new', icon: ListTodo, to: '/tasks?new=1', needs: 'tasks.manage' },
  ],
  cards: {
    patient: {
      needs: 'calls.read',
      load: () => import('./patient-card.tsx').then((module) => module.PatientCalls),
    },
  },
}
