import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const member = { realm: 'member', stepUp: false } as const

export const OnePatient = z.object({ id: Id })

/** Nothing is left of them but what accounts need. */
export const patientErased = refusal('patient_erased', 410)
