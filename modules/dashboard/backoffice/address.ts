/** What the dashboard reads from its address: the month, the meeting mode, and an export asked for in the palette. */
import { z } from 'zod'
import { getDashboard } from '#contract/dashboard'

export const Address = getDashboard.input.query.extend({
  meeting: z.literal('on').optional(),
  export: z.enum(['csv', 'png']).optional(),
})
