/** How a ticket begins, whoever opens it. */
import type { Insertable } from 'kysely'
import type { CentralDb, Database } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from './happening.ts'
import { insertTicket, planOf } from './queries.ts'
import { tellPractice } from './telling.ts'

type Row = Insertable<Database['tickets']>

export type NewTicket = Pick<
  Row,
  'channel' | 'subject' | 'requesterEmail' | 'requesterMemberId' | 'requesterName' | 'tenantId' | 'topic'
> & {
  id: string
  clientId: string | null
  priority?: 'low' | 'normal' | 'high' | 'urgent'
  openedBy?: string | null
}

/** Within the caller's transaction; what is said in it is the caller's to write. */
export async function begin(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { priority = 'normal', ...ticket }: NewTicket,
  by: By,
  at: Date = parts.clock.now(),
): Promise<void> {
  await insertTicket(db, {
    ...ticket,
    priority,
    openedAt: at,
    lastMessageAt: at,
    lastCustomerAt: at,
  })
  const facts = { priority, plan: await planOf(db, ticket.clientId), tags: [] }
  await happened(db, parts, ticket.id, [{ kind: 'opened', by, data: facts, at }])
  await tellPractice(db, { id: ticket.id, tenantId: ticket.tenantId ?? null })
}
