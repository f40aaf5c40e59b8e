/** How patients came to the practice: a list the practice keeps in its own words. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member } from './common.ts'

export const Origin = z.object({
  id: Id,
  name: z.string(),
  /** Not offered any more, and kept where it was chosen. */
  archived: z.boolean(),
  /** How many patients came so, those in the trash and the erased aside. */
  patients: z.int(),
})
export type Origin = z.infer<typeof Origin>

/** Offered where the practice has none of its own by that name yet. */
export const usualOrigins = [
  'Pages Jaunes',
  'Bouche à oreille',
  'Médecin traitant',
  'Confrère',
  'Internet',
  'Doctolib',
  'Autre',
] as const

export const originNameTaken = refusal('origin_name_taken')

const OriginName = line(80).min(1)

export const listOrigins = endpoint({
  ...member,
  method: 'GET',
  path: '/origins',
  may: 'patients.read',
  summary: 'How patients may have come to the practice, by name',
  output: z.object({ rows: z.array(Origin) }),
  refreshedBy: ['patients'],
})

export const addOrigin = endpoint({
  ...member,
  method: 'POST',
  path: '/origins',
  may: 'patients.manage',
  records: 'origin.added',
  summary: 'Adds a way to come to the practice; one of that name is taken back into use',
  input: { body: z.object({ name: OriginName }) },
  output: Origin,
  status: 201,
  touches: ['patients'],
})

export const updateOrigin = endpoint({
  ...member,
  method: 'PATCH',
  path: '/origins/:id',
  may: 'patients.manage',
  records: 'origin.updated',
  summary: 'Renames a way to come to the practice, or offers it no more',
  input: {
    params: z.object({ id: Id }),
    body: z.object({ name: OriginName.optional(), archived: z.boolean().optional() }),
  },
  output: Origin,
  refusals: [originNameTaken],
  touches: ['patients'],
})
