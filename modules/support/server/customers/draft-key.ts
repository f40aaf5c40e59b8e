import { getHelpDraftKey } from '#contract/support'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

/** Derived whenever it is asked for: the server keeps none, and nobody else is given the same. */
export const draftKey = ({ vault }: Pick<Parts, 'vault'>): Handler =>
  handle(getHelpDraftKey, async ({ member: { memberId } }) => ({
    key: vault.mac(Buffer.from(memberId), 'help unsaved on a device 1').toString('base64'),
  }))
