import { FileClock, ShieldQuestion, UserPlus, UsersRound } from 'lucide-react'
import { getPatient } from '#contract/patients'
import { question } from '#platform/ui/data.ts'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { newTo, requestsTo, retentionTo } from './addresses.ts'

export { PatientPicker } from './face.tsx'
export type { PatientPickerProps, PickedPatient } from './patient-picker.tsx'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'patients.read'
const manages = 'patients.manage'
const answers = 'patients.requests'

export const practice: Manifest = {
  pages: [
    {
      path: '/patients',
      title: 'patients.title',
      needs,
      load: () => import('./patient-list.tsx').then((module) => module.PatientList),
    },
    {
      path: '/patients/new',
      title: 'patients.new',
      under: '/patients',
      needs: manages,
      load: () => import('./new-patient-page.tsx').then((module) => module.NewPatientPage),
    },
    {
      path: '/patients/requests',
      title: 'patients.requests',
      under: '/patients',
      needs: answers,
      load: () => import('./requests/requests-page.tsx').then((module) => module.RequestsPage),
    },
    {
      path: '/patients/requests/$id',
      title: 'patients.request',
      under: '/patients/requests',
      needs: answers,
      load: () => import('./requests/request-page.tsx').then((module) => module.RequestPage),
    },
    {
      path: '/patients/retention',
      title: 'patients.retention',
      under: '/patients',
      needs: answers,
      load: () => import('./retention-page.tsx').then((module) => module.RetentionPage),
    },
    {
      path: '/patients/$id',
      title: 'patients.one',
      under: '/patients',
      needs,
      load: () => import('./patient-page.tsx').then((module) => module.PatientPage),
      asks: ({ id = '' }) => [question(getPatient, { params: { id } })],
      cards: ['patient'],
    },
    {
      path: '/patients/$id/edit',
      title: 'patients.edit',
      under: '/patients/$id',
      needs: manages,
      load: () => import('./edit-patient-page.tsx').then((module) => module.EditPatientPage),
    },
  ],
  menu: [
    {
      group: 'patients.title',
      label: 'patients.title',
      icon: UsersRound,
      to: '/patients',
      needs,
      shortcut: 'g p',
    },
  ],
  commands: [
    { label: 'patients.new', icon: UserPlus, to: newTo, needs: manages },
    { label: 'patients.requests', icon: ShieldQuestion, to: requestsTo, needs: answers },
    { label: 'patients.retention', icon: FileClock, to: retentionTo, needs: answers },
  ],
  records: [
    {
      label: 'patients.title',
      icon: UsersRound,
      needs,
      objectType: 'patient',
      search: async (text, signal) => (await import('./patient-search.ts')).searchPatients(text, signal),
    },
  ],
}
