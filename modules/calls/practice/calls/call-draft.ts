import type { Call, CallSubject } from '#contract/calls'
import type { PickedPatient } from '#practice/patients'
import { ANYONE } from '../people.ts'

/** A call as it stands in the form. */
export type CallDraft = {
  patient: PickedPatient | null
  caller: string
  phone: string
  /** Undefined: nobody chose yet. */
  forId: string | undefined
  subject: CallSubject
  message: string
  urgent: boolean
}

export const emptyCall: CallDraft = {
  patient: null,
  caller: '',
  phone: '',
  forId: undefined,
  subject: 'appointment',
  message: '',
  urgent: false,
}

export const draftOf = (call: Call, hidden: string): CallDraft => ({
  patient: call.patient && { id: call.patient.id, name: call.patient.name ?? hidden },
  caller: call.caller,
  phone: call.phoneTold,
  forId: call.for?.id ?? ANYONE,
  subject: call.subject,
  message: call.message,
  urgent: call.urgent,
})

/** What is sent of it. @param likely whom it is for where nobody chose */
export const bodyOf = (
  { patient, caller, phone, forId, subject, message, urgent }: CallDraft,
  likely: string | null | undefined,
) => ({
  patientId: patient?.id ?? null,
  caller: caller.trim(),
  phone: phone.trim(),
  forId: forId === ANYONE ? null : (forId ?? likely ?? null),
  subject,
  message: message.trim(),
  urgent,
})
