import { z } from 'zod'
import { listBlocks, listSignIns } from '#contract/identity'
import { securityTabs } from './addresses.ts'

/** What the page "Sécurité" reads from its address. */
export const SecurityState = z.object({
  tab: z.enum(securityTabs).optional(),
  /** Which sign-ins. */
  what: listSignIns.input.query.shape.what.unwrap().optional(),
  /** Of one person only. */
  staff: listSignIns.input.query.shape.staff,
  /** Which blocks. */
  blocks: listBlocks.input.query.shape.state.unwrap().optional(),
})
export type SecurityState = z.infer<typeof SecurityState>
