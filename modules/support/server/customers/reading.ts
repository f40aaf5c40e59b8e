import { getOwnTicket, listOwnTickets } from '#contract/support'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { openCounted, ownTicketRow, ownTicketRows, shownMessageRows } from './queries.ts'
import { shownOwn, shownOwnMessages } from './showing.ts'

const atMost = 200

/** Everybody of a practice reads what it asked: its practitioners and its secretary alike. */
export const reading: readonly Handler[] = [
  handle(listOwnTickets, async ({ db, member: { tenantId } }, { query: { state } }) => ({
    rows: (await ownTicketRows(db, tenantId, state, atMost)).map(shownOwn),
    open: await openCounted(db, tenantId),
  })),

  handle(getOwnTicket, async ({ db, member: { tenantId } }, { params: { id } }) => {
    const row = found(await ownTicketRow(db, tenantId, id))
    return { ...shownOwn(row), messages: await shownOwnMessages(db, await shownMessageRows(db, id)) }
  }),
]
