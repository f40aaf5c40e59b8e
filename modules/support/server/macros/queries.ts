/** Every statement about macros. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Macro, MacroAction } from '#contract/support'

export type MacroRow = Omit<Macro, 'mayChange'>

/** Whose macros somebody sees: their own, their teams', everybody's; and all teams' when they look after them. */
export type Reader = { staffId: string; manages: boolean }

export async function macroRows(
  db: CentralDb,
  reader: Reader,
  wanted: { id?: string; q?: string | undefined; trashed: boolean | null; monthAgo: Date },
): Promise<MacroRow[]> {
  const { id = null, q = null, trashed, monthAgo } = wanted
  const { rows } = await sql<{ macro: MacroRow }>`
    select json_build_object('id', macro.id, 'title', macro.title, 'reach', macro.reach, 'actions', macro.actions,
      'revision', macro.revision,
      'trashedAt', to_char(macro.trashed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'owner', case when owner.id is not null
        then json_build_object('id', owner.id, 'name', owner.first_name || ' ' || owner.last_name) end,
      'team', case when team.id is not null then json_build_object('id', team.id, 'name', team.name) end,
      'uses', json_build_object('month', used.month, 'ever', used.ever),
      'lastUsedAt', to_char(used.last at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as macro
    from macros macro
    left join staff_members owner on owner.id = macro.owner_id
    left join support_teams team on team.id = macro.team_id
    cross join lateral (
      select count(*) as ever, count(*) filter (where at > ${monthAgo}) as month, max(at) as last
      from macro_uses where macro_id = macro.id) used
    where (macro.reach = 'everyone' or macro.owner_id = ${reader.staffId}
        or macro.team_id is not null and (${reader.manages} or exists (
          select from support_team_members mine where mine.team_id = macro.team_id and mine.staff_id = ${reader.staffId})))
      and (${id}::uuid is null or macro.id = ${id})
      and (${trashed}::boolean is null or (macro.trashed_at is not null) = ${trashed})
      and (${q}::text is null or position(plain_text(${q}) in plain_text(macro.title || ' ' || coalesce(
        (select string_agg(act ->> 'body', ' ') from jsonb_array_elements(macro.actions) act), ''))) > 0)
    order by used.month desc, used.ever desc, lower(macro.title), macro.id
    limit 500`.execute(db)
  return rows.map(({ macro }) => macro)
}

type Words = {
  title: string
  reach: string
  ownerId: string | null
  teamId: string | null
  actions: readonly MacroAction[]
}

const asRow = ({ actions, ...words }: Words) => ({ ...words, actions: JSON.stringify(actions) })

export const insertMacro = (db: CentralDb, words: Words, now: Date): Promise<string> =>
  db
    .insertInto('macros')
    .values({ ...asRow(words), createdAt: now, updatedAt: now })
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)

/** @returns false when somebody else changed it meanwhile */
export const changeMacro = (
  db: CentralDb,
  { id, revision }: { id: string; revision: number },
  words: Words,
  now: Date,
): Promise<boolean> =>
  db
    .updateTable('macros')
    .set({ ...asRow(words), updatedAt: now, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows > 0n)

export async function setTrashed(db: CentralDb, id: string, at: Date | null): Promise<void> {
  await db.updateTable('macros').set({ trashedAt: at }).where('id', '=', id).execute()
}

export async function teamInUse(db: CentralDb, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('supportTeams')
    .select('id')
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertUse(
  db: CentralDb,
  use: { macroId: string; ticketId: string; staffId: string; at: Date },
): Promise<void> {
  await db.insertInto('macroUses').values(use).execute()
}

/** What is known of the client and the practice a ticket is about. */
export const factsOfTicket = (db: CentralDb, ticketId: string) =>
  db
    .selectFrom('tickets as ticket')
    .leftJoin('clients as client', 'client.id', 'ticket.clientId')
    .leftJoin('tenants as practice', 'practice.id', 'ticket.tenantId')
    .select([
      'client.firstName',
      'client.lastName',
      'client.email',
      'practice.name as practice',
      'ticket.requesterName',
      'ticket.number',
      'ticket.subject',
    ])
    .where('ticket.id', '=', ticketId)
    .executeTakeFirst()

export async function namesOfStaff(
  db: CentralDb,
  id: string,
): Promise<{ firstName: string; name: string } | undefined> {
  const row = await db
    .selectFrom('staffMembers')
    .select(['firstName', 'lastName'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { firstName: row.firstName, name: `${row.firstName} ${row.lastName}` }
}

/** What somebody was writing to the customer, and has not said. */
export const replyDraft = (db: CentralDb, ticketId: string, staffId: string): Promise<string> =>
  db
    .selectFrom('ticketDrafts')
    .select('body')
    .where('ticketId', '=', ticketId)
    .where('staffId', '=', staffId)
    .where('kind', '=', 'reply')
    .executeTakeFirst()
    .then((row) => row?.body ?? '')
