import { getNote, getNoteVersion } from '#contract/notes'
import { found, handleInTenant } from '#platform/server/requests.ts'
import type { NotesParts } from './parts.ts'
import { versionOf } from './queries.ts'
import { sealingWith } from './sealing.ts'
import { shownNote } from './showing.ts'

/** Whoever opens a note leaves that they did; lists show no more than what notes are about. */
export const reading = ({ vaultOf }: NotesParts) => [
  handleInTenant(getNote, async (ctx, { params: { id } }) => {
    const { memberId, tenantId } = ctx.member
    const note = await shownNote(ctx.db, memberId, id, sealingWith(await vaultOf(tenantId)))
    ctx.record({ object: 'note', id })
    return note
  }),

  handleInTenant(getNoteVersion, async (ctx, { params: { id, version } }) => {
    const { memberId, tenantId } = ctx.member
    const row = found(await versionOf(ctx.db, memberId, id, version))
    const sealing = sealingWith(await vaultOf(tenantId))
    ctx.record({ object: 'note', id, after: { version } })
    return {
      version,
      body: sealing.openFormerBody(row.bodySealed, id, version),
      reason: sealing.openReason(row.reasonSealed, id, version),
      signedAt: row.signedAt.toISOString(),
      replacedAt: row.replacedAt.toISOString(),
    }
  }),
]
