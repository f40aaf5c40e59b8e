import { noteChanged, noteSigned, saveNote, type NoteDraft } from '#contract/notes'
import { isHere } from '#server/patients'
import { found, handleInTenant, refuse, WrongField, type TenantContext } from '#platform/server/requests.ts'
import { sessionById, todayThere } from './appointment-queries.ts'
import type { NotesParts } from './parts.ts'
import { changeNote, insertNote, lockNote } from './queries.ts'
import { sealingWith } from './sealing.ts'
import { shownNote } from './showing.ts'

type Locked = NonNullable<Awaited<ReturnType<typeof lockNote>>>

export const saving = ({ vaultOf }: NotesParts) =>
  handleInTenant(saveNote, async (ctx, { params: { id }, body: { revision, kind, ...draft } }) => {
    const { memberId, tenantId } = ctx.member
    const sealing = sealingWith(await vaultOf(tenantId))
    const current = () => shownNote(ctx, id, sealing)
    const now = ctx.clock.now()
    const about = await settled(ctx, draft)
    const sealed = () => ({
      ...about,
      titleSealed: sealing.sealTitle(draft.title, id),
      bodySealed: sealing.sealBody(draft.body, id),
      savedAt: now,
    })

    if (revision === 0) {
      const made = { ...sealed(), id, authorId: memberId, kind, writtenAt: now }
      if (await insertNote(ctx.db, made)) {
        ctx.record({ after: { kind, changed: ['created'] } })
        return current()
      }
    }
    // An id that is somebody else's is as unknown as one that is nobody's.
    const before = found(await lockNote(ctx.db, memberId, id))
    const changed = changedIn(
      before,
      { ...draft, ...about },
      {
        title: sealing.openTitle(before.titleSealed, id),
        body: sealing.openBody(before.bodySealed, id),
      },
    )
    // Sent a second time, since the first answer was lost on the way.
    if (changed.length === 0 && before.trashedAt === null) {
      ctx.record({ after: { changed } })
      return current()
    }
    if (before.lockedAt) throw refuse(noteSigned, { details: { current: await current() } })
    if (before.revision !== revision) throw refuse(noteChanged, { details: { current: await current() } })
    await changeNote(ctx.db, memberId, id, { ...sealed(), trashedAt: null })
    ctx.record({ after: { changed } })
    return current()
  })

type About = { patientId: string | null; appointmentId: string | null; heldOn: string }

/** Of whom, of which session and of which day, where one follows from the other. @throws WrongField */
async function settled(
  { db, clock, member: { memberId } }: Pick<TenantContext, 'db' | 'clock' | 'member'>,
  { patientId, appointmentId, heldOn }: Pick<NoteDraft, 'patientId' | 'appointmentId' | 'heldOn'>,
): Promise<About> {
  if (patientId !== null && !(await isHere(db, patientId)))
    throw new WrongField('body', 'patientId', 'note_patient_unknown')
  if (appointmentId === null)
    return { patientId, appointmentId, heldOn: heldOn ?? (await todayThere(db, clock.now())) }
  const session = await sessionById(db, memberId, appointmentId)
  const others = patientId !== null && session?.patientId !== patientId
  if (!session || others || !(await isHere(db, session.patientId)))
    throw new WrongField('body', 'appointmentId', 'note_appointment_unknown')
  return { patientId: session.patientId, appointmentId, heldOn: heldOn ?? session.startsLocal.slice(0, 10) }
}

/** The names of what is another than it was: the log holds these, and no word of the note. */
function changedIn(
  before: Locked,
  draft: About & { title: string; body: string },
  said: { title: string; body: string },
): string[] {
  return [
    said.title !== draft.title && 'title',
    said.body !== draft.body && 'body',
    before.patientId !== draft.patientId && 'patient',
    before.appointmentId !== draft.appointmentId && 'appointment',
    before.heldOn !== draft.heldOn && 'heldOn',
  ].filter((name) => name !== false)
}
