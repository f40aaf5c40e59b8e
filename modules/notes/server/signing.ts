import {
  amendNote,
  noteChanged,
  noteEmpty,
  noteNotSigned,
  notePersonal,
  noteSigned,
  noteWithoutPatient,
  signNote,
} from '#contract/notes'
import { found, handleInTenant, refuse } from '#platform/server/requests.ts'
import type { NotesParts } from './parts.ts'
import { changeNote, insertVersion, lockNote } from './queries.ts'
import { sealingWith } from './sealing.ts'
import { shownNote } from './showing.ts'

export const signing = ({ vaultOf }: NotesParts) => [
  handleInTenant(signNote, async (ctx, { params: { id }, body: { revision } }) => {
    const { memberId, tenantId } = ctx.member
    const sealing = sealingWith(await vaultOf(tenantId))
    const note = found(await lockNote(ctx.db, memberId, id))
    if (note.kind === 'personal') throw refuse(notePersonal)
    if (note.lockedAt) throw refuse(noteSigned)
    // What is signed is what one read: another device may have saved since, or put it in the trash.
    if (note.revision !== revision || note.trashedAt)
      throw refuse(noteChanged, { details: { current: await shownNote(ctx, id, sealing) } })
    if (sealing.openBody(note.bodySealed, id).trim() === '') throw refuse(noteEmpty)
    if (note.patientId === null) throw refuse(noteWithoutPatient)
    await changeNote(ctx.db, memberId, id, { lockedAt: ctx.clock.now() })
    ctx.record({ after: { version: note.version } })
    return shownNote(ctx, id, sealing)
  }),

  handleInTenant(amendNote, async (ctx, { params: { id }, body: { revision, body, reason } }) => {
    const { memberId, tenantId } = ctx.member
    const sealing = sealingWith(await vaultOf(tenantId))
    const note = found(await lockNote(ctx.db, memberId, id))
    const { version, lockedAt } = note
    if (!lockedAt) throw refuse(noteNotSigned)
    const before = sealing.openBody(note.bodySealed, id)
    // Sent a second time, since the first answer was lost on the way: it says so already.
    if (before === body) {
      ctx.record({ after: { version, changed: [] } })
      return shownNote(ctx, id, sealing)
    }
    if (note.revision !== revision)
      throw refuse(noteChanged, { details: { current: await shownNote(ctx, id, sealing) } })
    if (body.trim() === '') throw refuse(noteEmpty)
    const now = ctx.clock.now()
    await insertVersion(ctx.db, {
      noteId: id,
      version,
      bodySealed: sealing.sealFormerBody(before, id, version),
      reasonSealed: sealing.sealReason(reason, id, version),
      signedAt: lockedAt,
      replacedAt: now,
    })
    await changeNote(ctx.db, memberId, id, {
      bodySealed: sealing.sealBody(body, id),
      version: version + 1,
      lockedAt: now,
      savedAt: now,
    })
    ctx.record({ before: { version }, after: { version: version + 1 } })
    return shownNote(ctx, id, sealing)
  }),
]
