/** What a patient, or who answers for them, agreed to, and until when. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member, patientErased } from './common.ts'

export const consentSubjects = ['care', 'mon_soutien_psy', 'sharing'] as const
export const ConsentSubject = z.enum(consentSubjects)
export type ConsentSubject = z.infer<typeof ConsentSubject>

export const consentWays = ['written', 'oral', 'electronic'] as const
export const ConsentWay = z.enum(consentWays)
export type ConsentWay = z.infer<typeof ConsentWay>

export const Consent = z.object({
  id: Id,
  /** Who gave it: null the patient, else somebody who stands beside them. */
  relativeId: Id.nullable(),
  subject: ConsentSubject,
  givenOn: Day,
  how: ConsentWay,
  recordedAt: Instant,
  withdrawnOn: Day.nullable(),
})
export type Consent = z.infer<typeof Consent>

/** The same person agreed to the same already. */
export const consentStands = refusal('consent_stands')
/** It was withdrawn before. */
export const consentWithdrawn = refusal('consent_withdrawn')

/**
 * A session of « Mon soutien psy » for a minor to which nobody who holds parental authority has agreed. `agenda` refuses
 * to book it and says so with this.
 */
export const consentMissing = refusal('consent_missing', 422)

/** What an appointment of a minor is made with all the same, and said. */
export const patientWarnings = ['authority_missing', 'holder_withdrew', 'care_consent_missing'] as const
export const PatientWarning = z.enum(patientWarnings)
export type PatientWarning = z.infer<typeof PatientWarning>

const about = 'patient'

export const giveConsent = endpoint({
  ...member,
  about,
  method: 'POST',
  path: '/patients/:id/consents',
  may: 'patients.manage',
  records: 'patient_consent.given',
  impersonated: 'refused',
  summary: 'Writes down what was agreed to, by whom, when and how; not on a day to come',
  input: {
    params: z.object({ id: Id }),
    body: z.object({
      subject: ConsentSubject,
      relativeId: Id.nullable(),
      givenOn: Day,
      how: ConsentWay,
    }),
  },
  output: Consent,
  status: 201,
  refusals: [consentStands, patientErased],
  touches: ['patients'],
})

export const withdrawConsent = endpoint({
  ...member,
  about,
  method: 'POST',
  path: '/patients/:id/consents/:consentId/withdrawal',
  may: 'patients.manage',
  records: 'patient_consent.revoked',
  impersonated: 'refused',
  summary: 'Writes down from which day on it is not agreed to any more',
  input: {
    params: z.object({ id: Id, consentId: Id }),
    body: z.object({ withdrawnOn: Day }),
  },
  output: Consent,
  refusals: [consentWithdrawn, patientErased],
  touches: ['patients'],
})
