/** Whom a document may be made out to. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'

export const findBillable = endpoint({
  method: 'GET',
  path: '/billable-clients',
  realm: 'staff',
  may: 'invoices.write',
  summary: 'Clients that may be invoiced, by words of their name, e-mail or city',
  input: { query: z.object({ q: line(100).default(''), id: Id.optional() }) },
  output: z.object({
    rows: z.array(
      z.object({
        id: Id,
        firstName: z.string(),
        lastName: z.string(),
        email: z.string(),
        city: z.string().nullable(),
      }),
    ),
  }),
  refreshedBy: ['clients'],
})
