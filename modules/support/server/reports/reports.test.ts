import { beforeAll, describe, expect, test } from 'vitest'
import {
  exportReport,
  exportTickets,
  getReport,
  listTickets,
  loadKinds,
  reportTables,
  targetNames,
  ticketsOf,
  topicsOfTickets,
  priorities,
  type Report,
  type ReportTickets,
} from '#contract/support'
import { sql } from '#platform/server/db.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { promiseAnswers } from '../../../../tests/harness/support.ts'
import { seedPastTicket, type PastStep } from '../tickets/demonstrating.ts'

/** A Thursday, 15:00 in Paris; the clocks went back on 25 October. */
const now = new Date('2026-11-12T14:00:00Z')
const server = await testServer({ clock: { now: () => now } })
const { db } = server
let lea: TestStaff

/** The same tickets each time: a small generator of numbers (Park and Miller). */
function chanceOf(seed: number) {
  let state = seed
  const upTo = (end: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % end
  }
  return { upTo, oneOf: <Value>(values: readonly Value[]) => values[upTo(values.length)]! }
}

const minute = 60_000
const day = 24 * 60 * minute

/** A hundred and sixty tickets of seven weeks, and all that can happen to them. */
beforeAll(async () => {
  await promiseAnswers(db)
  lea = await freshStaff(server, 'administrator', now)
  const karim = await freshStaff(server, 'administrator', now)
  const teams = await db
    .insertInto('supportTeams')
    .values([{ name: 'Facturation' }, { name: '=Accueil' }])
    .returning('id')
    .execute()
  const chance = chanceOf(28)
  const ids: string[] = []
  for (let n = 0; n < 160; n++) {
    const at = new Date(now.getTime() - chance.upTo(49 * 24 * 60) * minute)
    const by = { label: 'Odile Perrin' }
    const agent = { staffId: chance.oneOf([lea, karim]).staffId, label: 'Agent' }
    let then = at
    const later = () => (then = new Date(then.getTime() + (1 + chance.upTo(3 * 24 * 60)) * minute))
    const customer = () => ({ at: later(), by, say: 'customer' as const, body: 'Et maintenant ?' })
    const reply = () => ({ at: later(), by: agent, say: 'reply' as const, body: 'Nous regardons.' })
    const resolved = () => ({ at: later(), by: agent, change: { status: 'resolved' as const } })
    const steps: PastStep[] = []
    if (chance.upTo(3) > 0)
      steps.push({
        at: then,
        by: agent,
        change: {
          assigneeId: agent.staffId,
          topic: chance.oneOf(topicsOfTickets),
          teamId: chance.oneOf([null, ...teams.map(({ id }) => id)]),
        },
      })
    if (chance.upTo(4) > 0) steps.push(reply())
    if (chance.upTo(3) === 0) steps.push(customer(), reply())
    if (chance.upTo(6) === 0)
      steps.push({ at: later(), by: agent, change: { waiting: { why: 'Pièces demandées' } } })
    if (chance.upTo(4) > 0) {
      steps.push(resolved())
      if (chance.upTo(4) === 0) steps.push({ at: later(), by, change: { status: 'reopened' } })
      if (chance.upTo(2) === 0 && steps.at(-1)?.at === then && 'change' in steps.at(-1)!)
        steps.push(resolved())
    }
    ids.push(
      await db.transaction().execute((transaction) =>
        seedPastTicket(transaction, {
          at,
          by,
          body: 'L’agenda reste blanc.',
          subject: n === 7 ? '=HYPERLINK("http://exemple.fr";"ici")' : `Question ${n}`,
          requesterName: 'Odile Perrin',
          requesterEmail: 'odile.perrin@example.com',
          channel: 'app',
          clientId: null,
          priority: chance.oneOf(priorities),
          topic: 'question',
          steps: steps.filter((step) => step.at <= now),
        }),
      ),
    )
  }
  for (const ticketId of ids)
    if (chance.upTo(3) === 0)
      await db
        .insertInto('ticketRatings')
        .values({
          ticketId,
          score: 1 + chance.upTo(5),
          comment: chance.oneOf(['', 'Parfait', '=1+1']),
          ratedAt: new Date(now.getTime() - chance.upTo(45) * day),
        })
        .execute()
  // What is merged or deleted is nobody's figure, whatever happened to it.
  for (const [at, id] of ids.entries())
    if (at % 11 === 0) await db.updateTable('tickets').set({ trashedAt: now }).where('id', '=', id).execute()
    else if (at % 13 === 0)
      await db.updateTable('tickets').set({ mergedIntoId: ids[1]! }).where('id', '=', id).execute()
    else if (at % 17 === 0)
      await db.updateTable('tickets').set({ policyVersionId: null }).where('id', '=', id).execute()
}, 120_000)

const read = (query: { from?: string; until?: string; period?: 'month' } = {}): Promise<Report> =>
  lea.call(getReport, { query })
/** Around the change of clocks, and over what is not over. */
const span = { from: '2026-10-19', until: '2026-11-12' }
const totalOf = async (filter: ReportTickets) =>
  (await lea.call(listTickets, { query: { ...filter, limit: 1 } })).total

describe('each figure is what the list it opens counts:', () => {
  let report: Report
  beforeAll(async () => {
    report = await read(span)
  })
  const same = async (figures: readonly (readonly [number, ReportTickets])[]) => {
    expect(figures.some(([figure]) => figure > 0)).toBe(true)
    const totals: number[] = []
    for (const [, filter] of figures) totals.push(await totalOf(filter))
    expect(figures.map(([figure], at) => [figure, figures[at]?.[1]])).toEqual(
      totals.map((total, at) => [total, figures[at]?.[1]]),
    )
  }

  test('volume, reopenings and ratings', async () => {
    const { summary, earlier, before } = report
    for (const [one, of] of [
      [summary, span],
      [earlier, before],
    ] as const)
      await same([
        [one.opened, ticketsOf.opened(of)],
        [one.resolved, ticketsOf.resolved(of)],
        [one.open, ticketsOf.open(of)],
        [one.cameBack, ticketsOf.cameBack(of)],
        [one.reopened, ticketsOf.reopened(of)],
        [one.ratings.answered, ticketsOf.answered(of)],
        ...one.ratings.byScore.map(
          (count, at) =>
            [count, { ...ticketsOf.rated(of), score: (['1', '2', '3', '4', '5'] as const)[at] }] as const,
        ),
        [one.ratings.byScore.reduce((all, count) => all + count, 0), ticketsOf.rated(of)],
        [one.ratings.byScore[3]! + one.ratings.byScore[4]!, { ...ticketsOf.rated(of), score: 'good' }],
      ])
  })

  test('promises', async () => {
    await same(
      targetNames.flatMap((target) => {
        const { measured, kept, missed } = report.summary.promises[target]
        const those = ticketsOf.promised(target, span)
        return [
          [measured, { ...those, measured: target }],
          [kept, { ...those, kept: target }],
          [missed, { ...those, missed: target }],
        ] as const
      }),
    )
  })

  test('days', async () => {
    expect(report.days).toHaveLength(25)
    for (const { on, opened, resolved, open } of report.days) {
      const one = { from: on, until: on }
      expect([on, opened, resolved, open]).toEqual([
        on,
        await totalOf(ticketsOf.opened(one)),
        await totalOf(ticketsOf.resolved(one)),
        await totalOf(ticketsOf.open(one)),
      ])
    }
  })

  test('weekdays and hours', async () => {
    await same(
      report.hours.map(({ weekday, hour, opened }) => [
        opened,
        {
          ...ticketsOf.opened(span),
          weekday: (['1', '2', '3', '4', '5', '6', '7'] as const)[weekday - 1],
          hour: String(hour),
        },
      ]),
    )
    const sum = report.hours.reduce((all, { opened }) => all + opened, 0)
    expect(sum).toBe(report.summary.opened)
  })

  test.for(loadKinds)('%s', async (kind) => {
    expect(report.loads[kind].length).toBeGreaterThan(1)
    for (const one of report.loads[kind]) {
      const part = ticketsOf.part(kind, one.key)
      await same([
        [one.opened, { ...ticketsOf.opened(span), ...part }],
        [one.resolved, { ...ticketsOf.resolved(span), ...part }],
        [one.open, { ...ticketsOf.open(span), ...part }],
        [one.firstKept, { ...ticketsOf.opened(span), ...part, kept: 'firstResponse' }],
        [one.firstMissed, { ...ticketsOf.opened(span), ...part, missed: 'firstResponse' }],
        [one.resolutionKept, { ...ticketsOf.resolved(span), ...part, kept: 'resolution' }],
        [one.resolutionMissed, { ...ticketsOf.resolved(span), ...part, missed: 'resolution' }],
      ])
    }
  })
})

describe('the same, counted by hand out of the tickets and their logs:', () => {
  type Counts = Record<string, number | null>
  const counted = async (question: ReturnType<typeof sql<Counts>>) => (await question.execute(db)).rows[0]
  const theirs = sql`trashed_at is null and merged_into_id is null`
  const opened = sql`${theirs} and opened_at at time zone 'Europe/Paris' >= '2026-10-19' and opened_at at time zone 'Europe/Paris' < '2026-11-13'`
  const resolved = sql`${theirs} and resolved_at at time zone 'Europe/Paris' >= '2026-10-19' and resolved_at at time zone 'Europe/Paris' < '2026-11-13'`

  test('volume, reopenings and ratings', async () => {
    const { summary } = await read(span)
    expect({ ...summary, promises: undefined, ratings: undefined }).toEqual(
      await counted(sql<Counts>`select
        (select count(*) from tickets where ${opened}) as opened,
        (select count(*) from tickets where ${resolved}) as resolved,
        (select count(*) from tickets where ${theirs} and status <> 'resolved') as open,
        (select count(*) from tickets t where ${resolved}
          and exists (select from ticket_events where ticket_id = t.id and kind = 'reopened')) as came_back,
        (select count(*) from tickets t where ${theirs} and exists (select from ticket_events where ticket_id = t.id
          and kind = 'reopened' and at between '2026-10-18T22:00:00Z' and '2026-11-12T23:00:00Z')) as reopened`),
    )
    const rated =
      await counted(sql<Counts>`select count(*) as given, sum(score) as sum, count(*) filter (where score > 3) as good
      from ticket_ratings join tickets on id = ticket_id where ${theirs} and rated_at >= '2026-10-18T22:00:00Z'`)
    const { byScore } = summary.ratings
    expect({
      given: byScore.reduce((all, count) => all + count, 0),
      sum: byScore.reduce((all, count, at) => all + count * (at + 1), 0),
      good: byScore[3]! + byScore[4]!,
    }).toEqual(rated)
  })

  test('how long things took, and which promises were kept', async () => {
    const { promises } = (await read(span)).summary
    const told = (target: string, cohort: typeof opened) =>
      counted(sql<Counts>`select count(*) filter (where done) as measured,
        round(percentile_cont(0.5) within group (order by seconds) filter (where done))::integer as median_seconds,
        round(percentile_cont(0.9) within group (order by seconds) filter (where done))::integer as p90_seconds,
        count(*) filter (where state = 'met' and done) as kept,
        count(*) filter (where state = 'breached' or (not settled and due <= ${now})) as missed
        from (select one ->> 'state' as state, one ->> 'settledAt' is not null as settled, (one ->> 'due')::timestamptz as due,
            one ->> 'settledAt' is not null and (${target} = 'resolution' or (one ->> 'settledAt')::timestamptz = first_responded_at) as done,
            (one ->> 'allowanceSeconds')::integer - (one ->> 'remainingSeconds')::integer as seconds
          from tickets, jsonb_array_elements(clocks -> 'targets') one where ${cohort} and one ->> 'name' = ${target}) told`)
    expect(promises.firstResponse).toEqual(await told('firstResponse', opened))
    expect(promises.resolution).toEqual(await told('resolution', resolved))
    const next = await counted(sql<Counts>`select count(*) filter (where longest is not null) as measured
      from (select (select max(at) from ticket_events where ticket_id = t.id and kind = 'agent_reply'
          and at > (select min(c.at) from ticket_events c where c.ticket_id = t.id and c.kind = 'customer_message'
            and c.at > (select min(a.at) from ticket_events a where a.ticket_id = t.id and a.kind = 'agent_reply'))) as longest
        from tickets t where ${opened}) answered`)
    expect(promises.nextResponse).toMatchObject(next!)
    expect(promises.nextResponse.kept + promises.nextResponse.missed).toBeGreaterThan(0)
  })
})

describe('the period', () => {
  test.for([
    [{}, { from: '2026-10-14', until: '2026-11-12' }, { from: '2026-09-14', until: '2026-10-13' }],
    [
      { period: 'week' },
      { from: '2026-11-06', until: '2026-11-12' },
      { from: '2026-10-30', until: '2026-11-05' },
    ],
    [
      { period: 'month' },
      { from: '2026-11-01', until: '2026-11-12' },
      { from: '2026-10-01', until: '2026-10-12' },
    ],
    [
      { period: 'last_month' },
      { from: '2026-10-01', until: '2026-10-31' },
      { from: '2026-09-01', until: '2026-09-30' },
    ],
    [
      { period: 'quarter' },
      { from: '2026-10-01', until: '2026-11-12' },
      { from: '2026-07-01', until: '2026-08-12' },
    ],
    [
      { period: 'year' },
      { from: '2025-11-13', until: '2026-11-12' },
      { from: '2024-11-13', until: '2025-11-12' },
    ],
    [
      { from: '2026-11-09' },
      { from: '2026-11-09', until: '2026-11-12' },
      { from: '2026-11-05', until: '2026-11-08' },
    ],
    [
      { until: '2026-01-31' },
      { from: '2026-01-02', until: '2026-01-31' },
      { from: '2025-12-03', until: '2026-01-01' },
    ],
  ] as const)('%o is %o, compared with %o', async ([query, is, before]) => {
    expect(await lea.call(getReport, { query })).toMatchObject({ span: is, before })
  })

  test.for([
    [{ from: '2026-11-02', until: '2026-11-01' }, 'period_backwards'],
    [{ from: '2025-01-01', until: '2026-01-02' }, 'period_too_long'],
  ] as const)('%o is refused: %s', async ([query, code]) => {
    expect(await lea.refused(getReport, { query })).toMatchObject({
      status: 400,
      fields: [{ in: 'query', path: 'until', code }],
    })
  })

  test('without a ticket has figures of nothing, and no time that would be one', async () => {
    const { summary, days, hours, comments } = await read({ from: '2020-01-01', until: '2020-01-03' })
    expect(summary).toMatchObject({ opened: 0, resolved: 0, open: 0, cameBack: 0 })
    expect(summary.promises.firstResponse).toEqual({
      measured: 0,
      medianSeconds: null,
      p90Seconds: null,
      kept: 0,
      missed: 0,
    })
    expect({ days: days.length, hours, comments }).toEqual({ days: 3, hours: [], comments: [] })
  })
})

describe('as files', () => {
  const file = async (path: string) => {
    const { headers, text } = await lea.send('GET', `/api/v1${path}`)
    return { type: headers['content-type'], name: headers['content-disposition'], text }
  }

  test.for(reportTables)(
    '%s begins with its headings, in French and with a mark of its encoding',
    async (table) => {
      const { type, name, text } = await file(`/support/reports/${table}?from=2026-10-19&until=2026-11-12`)
      expect(type).toBe('text/csv; charset=utf-8')
      expect(name).toMatch(/rapport-.*-2026-10-19-2026-11-12\.csv/)
      expect(text.startsWith('\uFEFF')).toBe(true)
      const lines = text.slice(1).split('\r\n')
      expect(lines.length).toBeGreaterThan(2)
      expect(new Set(lines.slice(0, -1).map((line) => line.split(';').length)).size).toBe(1)
      expect(text).not.toMatch(/(^|;)[=+@]/m)
      expect(text).not.toMatch(/support\.csv/)
    },
  )

  test('the tickets behind a figure are as many as it says, and none of them computes anything', async () => {
    const { summary } = await read(span)
    const { text } = await file('/tickets.csv?queue=all&openedFrom=2026-10-19&openedUntil=2026-11-12')
    expect(text.trim().split('\r\n')).toHaveLength(summary.opened + 1)
    expect((await file('/tickets.csv?queue=all&q=HYPERLINK')).text).toContain(
      `"'=HYPERLINK(""http://exemple.fr"";""ici"")"`,
    )
  })
})

describe('tickets taken along as a file', () => {
  test('are for whoever may take clients out, however much they may read', async () => {
    const karim = await freshStaff(server, 'support', now)
    const list = { query: { queue: 'all', limit: 1 } } as const
    expect((await karim.call(listTickets, list)).rows).toHaveLength(1)
    const status = async (path: string) => (await karim.send('GET', `/api/v1${path}`)).status
    expect(await status('/tickets.csv?queue=all')).toBe(403)
    // So is what customers wrote beside their ratings; figures are not.
    expect(await status('/support/reports/ratings')).toBe(403)
    expect(await status('/support/reports/days')).toBe(200)
  })

  test('are written down with that there was a search, never with its words', async () => {
    const path = '/api/v1/tickets.csv?queue=all&priority=high&q=Madame%20Roux'
    expect((await lea.send('GET', path)).status).toBe(200)
    const entries = await entriesOf(server, { verb: 'tickets.exported' })
    expect(entries.map(({ after }) => after)).toContainEqual({
      filter: { queue: 'all', priority: 'high', searched: true },
    })
    expect(JSON.stringify(entries)).not.toContain('Roux')
  })
})

test.for([getReport, exportReport, exportTickets])(
  'nobody reads $path without a session',
  async ({ path }) => {
    expect((await server.anybody.send('GET', `/api/v1${path.replace(':table', 'days')}`)).status).toBe(401)
  },
)
