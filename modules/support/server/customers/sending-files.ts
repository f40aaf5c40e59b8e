import { addOwnAttachment, getOwnAttachment, removeOwnAttachment } from '#contract/support'
import { found, handle, NotFound, type Before, type Handler } from '#platform/server/requests.ts'
import { attachmentRow, deleteWaiting } from '../conversation/attachment-queries.ts'
import { fileOf } from '../conversation/attaching.ts'
import type { TicketFiles } from '../conversation/files.ts'
import { livesIn } from '../tickets/lock.ts'
import type { refusingTooOften } from './too-often.ts'
import { ownTicketRow, shownAttachment, whoseTicket } from './queries.ts'

export const sendingFiles = (
  files: TicketFiles,
  notTooOften: ReturnType<typeof refusingTooOften>,
): readonly Handler[] => [
  handle(
    addOwnAttachment,
    async (ctx, { params: { id }, query: { name }, file }) => {
      await notTooOften(ctx, 'help-files')
      await refuseOthers(ctx, id)
      return files.keep(ctx.db, { memberId: ctx.member.memberId }, await livesIn(ctx.db, id), name, file)
    },
    async (ctx, { params: { id } }, kept) => {
      const shown = await files.add(ctx.db, { memberId: ctx.member.memberId }, kept)
      ctx.record({ object: 'ticket', id, after: fileOf(kept) })
      return shown
    },
  ),

  handle(removeOwnAttachment, async (ctx, { params: { id, attachmentId } }) => {
    const { memberId } = ctx.member
    const removed = found(await deleteWaiting(ctx.db, { memberId }, id, attachmentId))
    ctx.record({ object: 'ticket', id, after: { attachmentId } })
    // Should it not go now, the sweeping finds it without a row.
    ctx.afterCommit(() => void files.remove(removed.storageKey).catch(() => undefined))
    return undefined
  }),

  handle(getOwnAttachment, async (ctx, { params: { id: asked, attachmentId } }) => {
    const { db, member } = ctx
    const id = await livesIn(db, asked)
    const sent =
      (await ownTicketRow(db, member.tenantId, id)) && (await shownAttachment(db, id, attachmentId))
    const row = sent ?? found(await ownWaiting(ctx, id, attachmentId))
    ctx.record({ object: 'ticket', id, after: { attachmentId } })
    return files.answer(row)
  }),
]

/** Files may come before there is a ticket; where there is one, it is of their practice. */
async function refuseOthers({ db, member }: Pick<Before, 'db' | 'member'>, id: string): Promise<void> {
  const ticket = await whoseTicket(db, id)
  if (ticket && (ticket.tenantId !== member.tenantId || ticket.trashedAt !== null)) throw new NotFound()
}

/** What one is about to send oneself. */
async function ownWaiting({ db, member }: Pick<Before, 'db' | 'member'>, ticketId: string, id: string) {
  const row = await attachmentRow(db, ticketId, id)
  return row && row.messageId === null && row.byMemberId === member.memberId ? row : undefined
}
