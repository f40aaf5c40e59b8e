/** What one patient owes and paid, for their file. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { member, Named } from './common.ts'
import { Due } from './dues.ts'
import { FeeNoteRow } from './notes.ts'
import { Payment } from './payments.ts'

export const getPatientAccount = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/:id/account',
  may: 'fees.read',
  summary: 'What a patient owes now, what was paid too much, the last payments and fee notes',
  input: { params: z.object({ id: Id }) },
  output: z.object({
    patient: Named,
    owedCents: Cents,
    /** Paid for what is owed no more, since it was cancelled or became cheaper. */
    overpaidCents: Cents,
    /** How much is to be collected, the oldest first; 20 at most. */
    dues: z.array(Due),
    payments: z.array(Payment),
    feeNotes: z.array(FeeNoteRow),
  }),
  refreshedBy: ['fees', 'agenda', 'patients'],
})

export const getDue = endpoint({
  ...member,
  method: 'GET',
  path: '/appointments/:id/due',
  may: 'fees.read',
  summary: 'What an appointment costs, and what was paid of it; null where it costs nothing',
  input: { params: z.object({ id: Id }) },
  output: z.object({ due: Due.nullable() }),
  refreshedBy: ['fees', 'agenda'],
})
