import { makeRecoveryCodes } from '#contract/identity'
import { handle, type Handler } from '#platform/server/requests.ts'
import { ofStaff, replaceRecoveryCodes } from '../factors/kept-queries.ts'
import { lockFactors } from '../factors/queries.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { tellOfFactors } from '../factors/telling.ts'
import type { Parts } from '../parts.ts'

export function recoveryCodes(parts: Parts): Handler[] {
  return [
    handle(
      makeRecoveryCodes,
      // Ten hashes by argon2, before anything is locked.
      () => newRecoveryCodes(),
      async (ctx, _input, { codes, kept }) => {
        const { staffId } = ctx.actor
        const person = await lockFactors(ctx.db, staffId)
        await replaceRecoveryCodes(ctx.db, ofStaff, staffId, kept, ctx.clock.now())
        await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'recovery_codes_created')
        ctx.record({ object: 'staff_member', id: staffId, after: { codes: codes.length } })
        return { codes }
      },
    ),
  ]
}
