import { getTicketDrafts, saveTicketDraft } from '#contract/support'
import { handle, NotFound, type Handler } from '#platform/server/requests.ts'
import { waitingOf } from './attachment-queries.ts'
import { shownAttachment } from './files.ts'
import { deleteDraft, draftRows, draftsOfMerged, holdStill, saveDraft, ticketStands } from './queries.ts'

/** What is written and not said yet: its writer's alone. */
export const drafting: readonly Handler[] = [
  handle(getTicketDrafts, async (ctx, { params: { id: ticketId } }) => {
    if (!(await ticketStands(ctx.db, ticketId))) throw new NotFound()
    const { staffId } = ctx.actor
    const drafts = await draftRows(ctx.db, { ticketId, staffId })
    const bodyOf = (wanted: 'reply' | 'note') => drafts.find(({ kind }) => kind === wanted)?.body ?? ''
    const saved = drafts.map(({ updatedAt }) => updatedAt.getTime())
    return {
      elsewhere: await draftsOfMerged(ctx.db, ticketId, staffId),
      reply: bodyOf('reply'),
      note: bodyOf('note'),
      savedAt: saved.length === 0 ? null : new Date(Math.max(...saved)).toISOString(),
      attachments: (await waitingOf(ctx.db, { staffId }, ticketId)).map(shownAttachment),
    }
  }),

  handle(saveTicketDraft, async (ctx, { params: { id: ticketId, kind }, body: { body } }) => {
    if (!(await holdStill(ctx.db, ticketId))) throw new NotFound()
    const draft = { ticketId, kind, staffId: ctx.actor.staffId }
    const now = ctx.clock.now()
    if (body.trim() === '') await deleteDraft(ctx.db, draft)
    else await saveDraft(ctx.db, { ...draft, body, updatedAt: now })
    ctx.record({ object: 'ticket', id: ticketId, after: { kind, characters: body.length } })
    return { savedAt: now.toISOString() }
  }),
]
