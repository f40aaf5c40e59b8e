/** A report out of its sums. */
import {
  getReport,
  mostComments,
  type LoadKind,
  type Report,
  type ReportLoad,
  type ReportQuery,
  type ReportSummary,
  type Span,
} from '#contract/support'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { handle } from '#platform/server/requests.ts'
import { daysOf, spansOf } from './periods.ts'
import {
  afterwards,
  atOneInstant,
  comments,
  dimensions,
  lateSums,
  names,
  openedSums,
  openSums,
  resolvedSums,
  times,
  type Ask,
  type Dimension,
  type Named,
} from './queries.ts'

export const reading = handle(getReport, ({ db, clock }, { query }) => reportOf(db, clock, query))

export function reportOf(db: CentralDb, clock: Clock, query: ReportQuery): Promise<Report> {
  const now = clock.now()
  const { span, before } = spansOf(query, dayOf(now))
  return atOneInstant(db, async (ask) => {
    // Of the period before only its sums are told, which those of the topics are.
    const [sums, earlier] = [await sumsOf(ask, span, now), await sumsOf(ask, before, now, ['topic'])]
    const called = await ask(
      names({ agent: keysOf(sums, 'agent'), team: keysOf(sums, 'team'), version: keysOf(sums, 'version') }),
    )
    return {
      asOf: now.toISOString(),
      span,
      before,
      summary: summaryOf(sums),
      earlier: summaryOf(earlier),
      days: daysFrom(sums, span),
      loads: {
        agents: loadsBy(sums, 'agent', called),
        teams: loadsBy(sums, 'team', called),
        topics: loadsBy(sums, 'topic', called),
        policies: loadsBy(sums, 'version', called),
      } satisfies Record<LoadKind, ReportLoad[]>,
      hours: hoursOf(sums),
      comments: (await ask(comments(span, mostComments))).map(
        ({ id, number, subject, ratedAt, ...said }) => ({
          ticket: { id, number, subject },
          ...said,
          ratedAt: ratedAt.toISOString(),
        }),
      ),
    }
  })
}

type Sums = Awaited<ReturnType<typeof sumsOf>>

async function sumsOf(ask: Ask, span: Span, now: Date, by: readonly Dimension[] = dimensions) {
  const [after] = await ask(afterwards(span, now))
  if (!after) throw new Error('a question without a table has one row')
  return {
    opened: await ask(openedSums(span, now, by)),
    late: await ask(lateSums(span, now, by)),
    resolved: await ask(resolvedSums(span, now, by)),
    open: await ask(openSums(span, by)),
    times: await ask(times(span, now)),
    ...after,
  }
}

type Sum = ReportLoad & { nextKept: number; nextMissed: number; cameBack: number }
type Counts = Omit<Sum, 'key' | 'name'>

const nothing: Counts = {
  opened: 0,
  resolved: 0,
  open: 0,
  firstKept: 0,
  firstMissed: 0,
  nextKept: 0,
  nextMissed: 0,
  resolutionKept: 0,
  resolutionMissed: 0,
  cameBack: 0,
}

/** Everything counted of one dimension, by its keys. */
function byKey(sums: Sums, dimension: Dimension): Map<string | null, Counts> {
  const found = new Map<string | null, Counts>()
  for (const { about, key, ...more } of [...sums.opened, ...sums.late, ...sums.resolved, ...sums.open])
    if (about === dimension) found.set(key, plus(found.get(key) ?? nothing, more))
  return found
}

function plus(counts: Counts, more: Partial<Counts>): Counts {
  const sum = { ...counts }
  for (const name of Object.keys(nothing) as (keyof Counts)[]) sum[name] += more[name] ?? 0 // its own keys
  return sum
}

const keysOf = (sums: Sums, dimension: Dimension): string[] =>
  [...byKey(sums, dimension).keys()].filter((key) => key !== null)

function summaryOf(sums: Sums): ReportSummary {
  // Every ticket has a topic, so that the topics' sums are those of all.
  const whole = [...byKey(sums, 'topic').values()].reduce(plus, nothing)
  const promised = (target: (typeof sums.times)[number]['target'], kept: number, missed: number) => {
    const { measured = 0, median = null, p90 = null } = sums.times.find((one) => one.target === target) ?? {}
    return { measured, medianSeconds: median, p90Seconds: p90, kept, missed }
  }
  return {
    opened: whole.opened,
    resolved: whole.resolved,
    open: whole.open,
    promises: {
      firstResponse: promised('firstResponse', whole.firstKept, whole.firstMissed),
      nextResponse: promised('nextResponse', whole.nextKept, whole.nextMissed),
      resolution: promised('resolution', whole.resolutionKept, whole.resolutionMissed),
    },
    cameBack: whole.cameBack,
    reopened: sums.reopened,
    ratings: { byScore: sums.byScore, answered: sums.answered },
  }
}

/** How many stood open when each day ended, counted back from the last. */
function daysFrom(sums: Sums, span: Span): Report['days'] {
  const opened = ofDays(sums.opened.map(({ opened: count, ...one }) => ({ ...one, count })))
  const resolved = ofDays(sums.resolved.map(({ resolved: count, ...one }) => ({ ...one, count })))
  let { open } = summaryOf(sums)
  return daysOf(span)
    .toReversed()
    .map((on) => {
      const day = {
        on,
        opened: opened.get(on) ?? 0,
        resolved: resolved.get(on) ?? 0,
        // Below none only where a clock that was turned back had tickets resolved before they were opened.
        open: Math.max(0, open),
      }
      open += day.resolved - day.opened
      return day
    })
    .toReversed()
}

function ofDays(
  rows: readonly { about: Dimension; key: string | null; count: number }[],
): Map<string, number> {
  const days = new Map<string, number>()
  for (const { about, key, count } of rows)
    if (about === 'slot' && key) days.set(key.slice(0, 10), (days.get(key.slice(0, 10)) ?? 0) + count)
  return days
}

function hoursOf(sums: Sums): Report['hours'] {
  const cells = new Map<string, Report['hours'][number]>()
  for (const { about, key, opened } of sums.opened) {
    if (about !== 'slot' || !key) continue
    const weekday = Temporal.PlainDate.from(key.slice(0, 10)).dayOfWeek
    const hour = Number(key.slice(11, 13))
    const cell = cells.get(`${weekday} ${hour}`) ?? { weekday, hour, opened: 0 }
    cells.set(`${weekday} ${hour}`, { ...cell, opened: cell.opened + opened })
  }
  return [...cells.values()].toSorted((one, other) => one.weekday - other.weekday || one.hour - other.hour)
}

/** Those with the most first; of a policy's versions one line. */
function loadsBy(sums: Sums, dimension: Dimension, called: readonly Named[]): ReportLoad[] {
  const lines = new Map<string | null, Counts & Pick<ReportLoad, 'name'>>()
  for (const [key, counts] of byKey(sums, dimension)) {
    const known = called.find((one) => one.about === dimension && one.key === key)
    const id = known?.id ?? key
    lines.set(id, { ...plus(lines.get(id) ?? nothing, counts), name: known?.name ?? key })
  }
  return [...lines]
    .map(([key, { name, opened, resolved, open, ...kept }]) => ({
      key,
      name,
      opened,
      resolved,
      open,
      firstKept: kept.firstKept,
      firstMissed: kept.firstMissed,
      resolutionKept: kept.resolutionKept,
      resolutionMissed: kept.resolutionMissed,
    }))
    .toSorted(
      (one, other) =>
        other.opened - one.opened || (one.name ?? '\uFFFF').localeCompare(other.name ?? '\uFFFF', 'fr'),
    )
}
