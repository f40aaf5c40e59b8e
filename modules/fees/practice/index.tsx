import { Euro, FilePlus2, HandCoins } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { feesTo, newNoteTo } from './addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'fees.read'

export const practice: Manifest = {
  pages: [
    {
      path: '/fees',
      title: 'fees.title',
      needs,
      load: () => import('./fees-page.tsx').then((module) => module.FeesPage),
    },
    {
      path: '/fees/new-note',
      title: 'fees.note.new',
      under: '/fees',
      needs: 'fees.manage',
      load: () => import('./notes/new-note-page.tsx').then((module) => module.NewNotePage),
    },
  ],
  menu: [{ group: 'fees.title', label: 'fees.title', icon: Euro, to: feesTo(), needs, shortcut: 'g e' }],
  commands: [
    { label: 'fees.pay', icon: HandCoins, to: feesTo({ pay: '1' }), needs: 'fees.manage' },
    { label: 'fees.note.new', icon: FilePlus2, to: newNoteTo(), needs: 'fees.manage' },
  ],
  cards: {
    patient: { needs, load: () => import('./cards/patient-card.tsx').then((module) => module.PatientFees) },
    appointment: {
      needs,
      load: () => import('./cards/appointment-card.tsx').then((module) => module.AppointmentFee),
    },
  },
}
