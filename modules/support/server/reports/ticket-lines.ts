/** The tickets of a list as they are taken along, the latest opened first. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import { matching, searched, type Wanted } from '../tickets/listing/filter-sql.ts'
import { asText, minutes, wallClock, type Say } from './tables.ts'

/** As many at once as one answer of the database may hold without being felt. */
const batch = 2_000

type Line = {
  id: string
  number: number
  subject: string
  status: string
  priority: string
  topic: string
  requester: string
  client: string | null
  assignee: string | null
  team: string | null
  openedAt: Date
  resolvedAt: Date | null
  firstResponseSeconds: number | null
  firstResponseKept: boolean | null
  resolutionSeconds: number | null
  resolutionKept: boolean | null
  reopenings: number
  score: number | null
  /** As exactly as the database knows it: a page begins after it. */
  place: string
}

export async function ticketCount(db: CentralDb, wanted: Wanted): Promise<number> {
  const { rows } = await sql<{ count: number }>`with ${searched(wanted)} counted as (
    select count(*) as count from tickets t where ${matching(wanted)}) select count from counted`.execute(db)
  return rows[0]?.count ?? 0
}

const columns = [
  'number',
  'subject',
  'status',
  'priority',
  'topics',
  'requester',
  'client',
  'agents',
  'teams',
  'opened-at',
  'resolved-at',
  'first-minutes',
  'first-in-time',
  'resolution-minutes',
  'resolution-in-time',
  'reopenings',
  'score',
] as const

export const ticketHeadings = (say: Say): string[] => columns.map((column) => say(`support.csv.${column}`))

export async function* ticketLines(db: CentralDb, wanted: Wanted, say: Say): AsyncGenerator<string[]> {
  const inTime = (kept: boolean | null) =>
    kept === null ? '' : say(kept ? 'support.csv.yes' : 'support.csv.no')
  let after: Line | undefined
  do {
    const rows = await linesAfter(db, wanted, after)
    for (const line of rows)
      yield [
        line.number,
        line.subject,
        say(`support.status.${line.status}`),
        say(`support.priority.${line.priority}`),
        say(`support.topic.${line.topic}`),
        line.requester,
        line.client,
        line.assignee,
        line.team,
        wallClock(line.openedAt),
        line.resolvedAt && wallClock(line.resolvedAt),
        minutes(line.firstResponseSeconds),
        inTime(line.firstResponseKept),
        minutes(line.resolutionSeconds),
        inTime(line.resolutionKept),
        line.reopenings,
        line.score,
      ].map(asText)
    after = rows.length === batch ? rows.at(-1) : undefined
  } while (after)
}

async function linesAfter(db: CentralDb, wanted: Wanted, after: Line | undefined): Promise<Line[]> {
  const further = after
    ? sql`and (t.opened_at, t.id) < (${after.place}::timestamptz, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<Line>`
    with ${searched(wanted)} page as (
      select t.* from tickets t where ${matching(wanted)} ${further}
      order by t.opened_at desc, t.id desc limit ${sql.lit(batch)})
    select t.id, t.number, t.subject, t.status, t.priority, t.topic, t.requester_name as requester,
      trim(c.first_name || ' ' || c.last_name) as client, s.first_name || ' ' || s.last_name as assignee, g.name as team,
      t.opened_at, t.resolved_at, t.first_response_seconds, t.first_response_kept, t.resolution_seconds, t.resolution_kept,
      t.reopenings, r.score, t.opened_at::text as place
    from page t
      left join clients c on c.id = t.client_id
      left join staff_members s on s.id = t.assignee_id
      left join support_teams g on g.id = t.team_id
      left join ticket_ratings r on r.ticket_id = t.id
    order by t.opened_at desc, t.id desc`.execute(db)
  return rows
}
