import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

export { PatientPicker } from './face.tsx'
export type { PatientPickerProps, PickedPatient } from './patient-picker.tsx'

export const practice: Manifest = { pages: [] }
