import { addTicketAttachment, getTicketAttachment, removeTicketAttachment } from '#contract/support'
import { found, handle, NotFound, type Handler } from '#platform/server/requests.ts'
import { attachmentRow, deleteWaiting } from './attachment-queries.ts'
import { livesIn } from '../tickets/lock.ts'
import type { TicketFiles } from './files.ts'
import { ticketStands } from './queries.ts'

export const attaching = (files: TicketFiles): readonly Handler[] => [
  handle(
    addTicketAttachment,
    async ({ db, actor: { staffId } }, { params: { id }, query: { name, begins }, file }) => {
      // Whoever writes first sends files along before there is a ticket; without its message they are swept away.
      if (begins === undefined && !(await ticketStands(db, id))) throw new NotFound()
      return files.keep(db, { staffId }, await livesIn(db, id), name, file)
    },
    async (ctx, { params: { id } }, kept) => {
      const shown = await files.add(ctx.db, { staffId: ctx.actor.staffId }, kept)
      ctx.record({ object: 'ticket', id, after: fileOf(kept) })
      return shown
    },
  ),

  handle(removeTicketAttachment, async (ctx, { params: { id, attachmentId } }) => {
    const removed = found(await deleteWaiting(ctx.db, { staffId: ctx.actor.staffId }, id, attachmentId))
    ctx.record({ object: 'ticket', id, after: { attachmentId } })
    // Should it not go now, the sweeping finds it without a row.
    ctx.afterCommit(() => void files.remove(removed.storageKey).catch(() => undefined))
    return undefined
  }),

  handle(getTicketAttachment, async (ctx, { params: { id, attachmentId } }) => {
    const row = found(await attachmentRow(ctx.db, await livesIn(ctx.db, id), attachmentId))
    // What is not said yet is its writer's alone.
    if (row.messageId === null && row.byStaffId !== ctx.actor.staffId) throw new NotFound()
    ctx.record({ object: 'ticket', id, after: { attachmentId } })
    return files.answer(row)
  }),
]

/** For the log: the file's name may name a patient. */
export const fileOf = ({
  id,
  mediaType,
  bytes,
  sha256,
}: {
  id: string
  mediaType: string
  bytes: number
  sha256: Buffer
}) => ({
  attachmentId: id,
  mediaType,
  bytes: Number(bytes),
  sha256: sha256.toString('hex'),
})
