/** The rates that penalties are reckoned by, each with its source. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Instant, line } from '#platform/contract/ids.ts'
import { InterestRate } from './settings.ts'

const Kept = InterestRate.extend({
  /** Null: it came with the release. */
  recordedBy: z.string().nullable(),
  recordedAt: Instant,
})

export const getRates = endpoint({
  method: 'GET',
  path: '/billing/rates',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The ECB’s refinancing rates and the French legal rates, the latest first',
  output: z.object({
    today: Day,
    rows: z.array(Kept),
    /** By which a half-year is reckoned: its first day’s. `stale`: the legal rate of this half-year is not recorded. */
    halfYear: z.object({
      from: Day,
      ecbRefi: InterestRate.nullable(),
      legal: InterestRate.nullable(),
      stale: z.boolean(),
    }),
  }),
  refreshedBy: ['billing-settings'],
})

export const recordRate = endpoint({
  method: 'POST',
  path: '/billing/rates',
  realm: 'staff',
  may: 'billing.settings',
  records: 'interest_rate.recorded',
  about: 'interest_rate',
  stepUp: true,
  summary: 'Records a published rate; what was recorded is never changed',
  input: {
    body: z.object({
      kind: InterestRate.shape.kind,
      fromOn: Day,
      basisPoints: z.int().min(-500).max(5_000),
      /** The arrêté or the decision, with its day. */
      source: line(200).min(5),
    }),
  },
  output: InterestRate,
  status: 201,
  touches: ['billing-settings'],
})
