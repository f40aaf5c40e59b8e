import { eraseNote, noteNotInTrash, noteSigned, restoreNote, trashNote } from '#contract/notes'
import { found, handleInTenant, refuse } from '#platform/server/requests.ts'
import type { NotesParts } from './parts.ts'
import { changeNote, deleteNote, lockNote } from './queries.ts'
import { sealingWith } from './sealing.ts'
import { shownNote } from './showing.ts'

export const trashing = ({ vaultOf }: NotesParts) => [
  handleInTenant(trashNote, async (ctx, { params: { id } }) => {
    const { memberId, tenantId } = ctx.member
    const note = found(await lockNote(ctx.db, memberId, id))
    if (note.lockedAt) throw refuse(noteSigned)
    if (!note.trashedAt) await changeNote(ctx.db, memberId, id, { trashedAt: ctx.clock.now() })
    ctx.record({})
    return shownNote(ctx, id, sealingWith(await vaultOf(tenantId)))
  }),

  handleInTenant(restoreNote, async (ctx, { params: { id } }) => {
    const { memberId, tenantId } = ctx.member
    const note = found(await lockNote(ctx.db, memberId, id))
    if (note.trashedAt) await changeNote(ctx.db, memberId, id, { trashedAt: null })
    ctx.record({})
    return shownNote(ctx, id, sealingWith(await vaultOf(tenantId)))
  }),

  handleInTenant(eraseNote, async (ctx, { params: { id } }) => {
    const { memberId } = ctx.member
    const note = found(await lockNote(ctx.db, memberId, id))
    if (note.lockedAt) throw refuse(noteSigned)
    if (note.kind === 'record' && !note.trashedAt) throw refuse(noteNotInTrash)
    await deleteNote(ctx.db, memberId, id)
    ctx.record({ before: { kind: note.kind } })
    return undefined
  }),
]
