import { getDraftKey } from '#contract/notes'
import { handleInTenant } from '#platform/server/requests.ts'
import type { NotesParts } from './parts.ts'

/**
 * One key a member and practice, derived from the practice's (HMAC-SHA-256 under a key HKDF made for it): it need not be
 * kept anywhere, and goes with the practice's own.
 */
export const drafts = ({ vaultOf }: NotesParts) =>
  handleInTenant(getDraftKey, async ({ member: { memberId, tenantId } }) => {
    const vault = await vaultOf(tenantId)
    return { key: vault.mac(Buffer.from(memberId), 'notes unsaved on a device 1').toString('base64') }
  })
