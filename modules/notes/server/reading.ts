import { getNote, getNoteVersion } from '#contract/notes'
import { found, handleInTenant } from '#platform/server/requests.ts'
import { readingAs } from './masking.ts'
import type { NotesParts } from './parts.ts'
import { versionOf } from './queries.ts'
import { sealingWith } from './sealing.ts'
import { shownNote } from './showing.ts'

/** Whoever opens a note leaves that they did; lists show no more than what notes are about. */
export const reading = ({ vaultOf }: NotesParts) => [
  handleInTenant(getNote, async (ctx, { params: { id } }) => {
    const note = await shownNote(ctx, id, sealingWith(await vaultOf(ctx.member.tenantId)))
    ctx.record({ object: 'note', id, ...(note.masked && { after: { masked: true } }) })
    return note
  }),

  handleInTenant(getNoteVersion, async (ctx, { params: { id, version } }) => {
    const { memberId, tenantId } = ctx.member
    const row = found(await versionOf(ctx.db, memberId, id, version))
    const { masked, opens } = readingAs(ctx.member, sealingWith(await vaultOf(tenantId)))
    ctx.record({ object: 'note', id, after: { version, ...(masked && { masked }) } })
    return {
      version,
      masked,
      body: opens((open) => open.openFormerBody(row.bodySealed, id, version)),
      reason: opens((open) => open.openReason(row.reasonSealed, id, version)),
      signedAt: row.signedAt.toISOString(),
      replacedAt: row.replacedAt.toISOString(),
    }
  }),
]
