/** What is typed about a patient, as the form's fields hold it, and what of it the server is told. */
import type { NewPatient, Patient } from '#contract/patients'

export type Draft = {
  firstName: string
  lastName: string
  birthName: string
  bornOn: string
  phone: string
  email: string
  address: string
  postcode: string
  city: string
  originId: string
  remark: string
  noSms: boolean
  noEmail: boolean
  monSoutienPsy: boolean
  practitionerId: string
}
export type DraftField = keyof Draft

export const emptyDraft: Draft = {
  firstName: '',
  lastName: '',
  birthName: '',
  bornOn: '',
  phone: '',
  email: '',
  address: '',
  postcode: '',
  city: '',
  originId: '',
  remark: '',
  noSms: false,
  noEmail: false,
  monSoutienPsy: false,
  practitionerId: '',
}

export const draftOf = (patient: Patient): Draft => ({
  firstName: patient.firstName,
  lastName: patient.lastName,
  birthName: patient.birthName,
  bornOn: patient.bornOn ?? '',
  phone: patient.phone,
  email: patient.email,
  address: patient.address,
  postcode: patient.postcode,
  city: patient.city,
  originId: patient.origin?.id ?? '',
  remark: patient.remark,
  noSms: patient.noSms,
  noEmail: patient.noEmail,
  monSoutienPsy: patient.monSoutienPsy,
  practitionerId: patient.practitioner.id,
})

export function differences(one: Draft, other: Draft): DraftField[] {
  const fields = Object.keys(one) as DraftField[] // a draft has these keys and no others
  return fields.filter((field) => one[field] !== other[field])
}

/** These fields as the server takes them: no day and no origin are null. */
export function wire(draft: Draft, fields: readonly DraftField[]): Partial<NewPatient> {
  const told: Record<string, string | boolean | null> = Object.fromEntries(
    fields.map((field) => [field, draft[field]]),
  )
  for (const field of ['bornOn', 'originId'] as const) if (told[field] === '') told[field] = null
  if (told['practitionerId'] === '') delete told['practitionerId']
  return told
}
