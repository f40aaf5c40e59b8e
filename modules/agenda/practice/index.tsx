import { CalendarDays, CalendarPlus, Clock, ListChecks, Tags } from 'lucide-react'
import { listAppointments } from '#contract/agenda'
import { question } from '#platform/ui/data.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { sessionsAround } from './sessions-around.ts'
import { toSettle } from './to-settle.ts'

export { BookingDialog } from './face.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'agenda.read'

export const practice: Manifest = {
  borrows: ['patients'],
  pages: [
    {
      path: '/agenda',
      title: 'agenda.title',
      needs,
      load: () => import('./agenda-page.tsx').then((module) => module.AgendaPage),
    },
    {
      path: '/agenda/list',
      title: 'agenda.list',
      under: '/agenda',
      needs,
      load: () => import('./list/list-page.tsx').then((module) => module.AppointmentListPage),
    },
    {
      path: '/agenda/availability',
      title: 'agenda.settings.availability',
      under: '/agenda',
      needs,
      load: () => import('./settings/availability-page.tsx').then((module) => module.AvailabilityPage),
    },
    {
      path: '/agenda/acts',
      title: 'agenda.settings.acts',
      under: '/agenda',
      needs: 'agenda.settings',
      load: () => import('./settings/acts-page.tsx').then((module) => module.ActsPage),
    },
  ],
  menu: [
    {
      group: 'agenda.title',
      label: 'agenda.title',
      icon: CalendarDays,
      to: '/agenda',
      needs,
      shortcut: 'g a',
    },
  ],
  // What is set once in a while stands in the agenda's own menu: four places under the thumb are few.
  commands: [
    { label: 'agenda.settings.availability', icon: Clock, to: '/agenda/availability', needs },
    { label: 'agenda.settings.acts', icon: Tags, to: '/agenda/acts', needs: 'agenda.settings' },
    { label: 'agenda.book', icon: CalendarPlus, to: '/agenda?book=1', needs: 'agenda.manage' },
    { label: 'agenda.to-settle', icon: ListChecks, to: toSettle, needs },
  ],
  records: [
    {
      label: 'agenda.list',
      icon: CalendarDays,
      needs,
      objectType: 'appointment',
      search: async (text, signal) =>
        (await import('./appointment-search.ts')).searchAppointments(text, signal),
    },
  ],
  cards: {
    patient: {
      needs,
      load: () => import('./patient-card.tsx').then((module) => module.PatientAppointments),
      asks: (id) => sessionsAround(id).map((input) => question(listAppointments, input)),
    },
  },
}
