import { getOwnTicket, listOwnTickets } from '#contract/support'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { openCounted, ownTicketRow, ownTicketRows, shownMessageRows } from './queries.ts'
import { livesIn } from '../tickets/lock.ts'
import { shownOwn, shownOwnMessages } from './showing.ts'

const atMost = 200

/** Everybody of a practice reads what it asked: its practitioners and its secretary alike. */
export const reading: readonly Handler[] = [
  handle(listOwnTickets, async ({ db, member: { tenantId } }, { query: { state } }) => ({
    rows: (await ownTicketRows(db, tenantId, state, atMost)).map(shownOwn),
    open: await openCounted(db, tenantId),
  })),

  handle(getOwnTicket, async ({ db, member: { tenantId } }, { params }) => {
    // Whoever kept the address of one that was put into another reads that one.
    const id = await livesIn(db, params.id)
    const row = found(await ownTicketRow(db, tenantId, id))
    return { ...shownOwn(row), messages: await shownOwnMessages(db, await shownMessageRows(db, id)) }
  }),
]
