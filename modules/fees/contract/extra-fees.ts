/** Money owed that no appointment stands for: a written report, a certificate. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Amount, member } from './common.ts'

export const addExtraFee = endpoint({
  ...member,
  method: 'POST',
  path: '/extra-fees',
  may: 'fees.manage',
  records: 'extra_fee.added',
  impersonated: 'refused',
  summary: 'Has a patient owe something besides appointments',
  input: {
    body: z.object({
      patientId: Id,
      /** Who did it; unless told, who follows the patient, or, where they left, whoever writes it down. */
      practitionerId: Id.optional(),
      /** Not after today, by the practice's clock. */
      doneOn: Day,
      /** As the fee note will say it: what was done, nothing of anybody's health. */
      label: line(120).min(1),
      cents: Amount,
    }),
  },
  output: z.object({ id: Id }),
  status: 201,
  touches: ['fees'],
})

/** It was paid in part or whole, or stands on a fee note. */
export const extraFeeInUse = refusal('extra_fee_in_use')

export const removeExtraFee = endpoint({
  ...member,
  method: 'DELETE',
  path: '/extra-fees/:id',
  may: 'fees.manage',
  records: 'extra_fee.removed',
  impersonated: 'refused',
  summary: 'Takes back an extra fee that was neither paid nor put on a fee note',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  refusals: [extraFeeInUse],
  touches: ['fees'],
})
