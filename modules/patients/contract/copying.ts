/** Everything the practice holds about one patient, to be handed to them. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { member, patientErased } from './common.ts'

export const copyPatient = endpoint({
  ...member,
  stepUp: true,
  method: 'GET',
  path: '/patients/:id/copy',
  may: 'patients.requests',
  records: 'patient.copied',
  impersonated: 'refused',
  summary:
    'A zip of everything about a patient: for people (HTML), for spreadsheets (CSV) and for programs (JSON); record notes of who asks where they want them, personal ones never',
  input: {
    params: z.object({ id: Id }),
    query: z.object({ notes: z.enum(['own', 'none']).default('none') }),
  },
  output: { stream: ['application/zip'] },
  refusals: [patientErased],
})
