/** A report's tables as they are taken along: headings and lines of text, in somebody's language. */
import { targetNames, type LoadKind, type Report, type ReportTable } from '#contract/support'

export type Say = (key: string, values?: Record<string, string | number>) => string
type Cell = string | number | null
type Table = { headings: readonly string[]; lines: readonly (readonly Cell[])[] }

export function tableOf(report: Report, table: ReportTable, say: Say): Table {
  switch (table) {
    case 'summary':
      return summaryTable(report, say)
    case 'days':
      return {
        headings: words(say, 'day', 'opened', 'resolved', 'open'),
        lines: report.days.map(({ on, opened, resolved, open }) => [inFrench(on), opened, resolved, open]),
      }
    case 'hours':
      return {
        headings: words(say, 'weekday', 'hour', 'opened'),
        lines: report.hours.map(({ weekday, hour, opened }) => [
          say(`support.weekday.${weekday}`),
          hour,
          opened,
        ]),
      }
    case 'ratings':
      return {
        headings: words(say, 'number', 'subject', 'score', 'comment', 'rated'),
        lines: report.comments.map(({ ticket, score, comment, ratedAt }) => [
          ticket.number,
          ticket.subject,
          score,
          comment,
          wallClock(ratedAt),
        ]),
      }
    default:
      return loadTable(report, table, say)
  }
}

function summaryTable({ span, before, summary, earlier }: Report, say: Say): Table {
  const line = (name: string, of: (one: Report['summary']) => Cell): Cell[] => [
    say(`support.report.${name}`),
    of(summary),
    of(earlier),
  ]
  const sum = (byScore: readonly number[]) => byScore.reduce((all, count) => all + count, 0)
  return {
    headings: [
      say('support.csv.figure'),
      say('support.csv.span', { from: inFrench(span.from), until: inFrench(span.until) }),
      say('support.csv.span', { from: inFrench(before.from), until: inFrench(before.until) }),
    ],
    lines: [
      line('opened', ({ opened }) => opened),
      line('resolved', ({ resolved }) => resolved),
      line('open', ({ open }) => open),
      ...targetNames.flatMap((target) =>
        (['measured', 'median', 'p90', 'kept', 'missed', 'share'] as const).map((what) => {
          const of = ({ promises }: Report['summary']): Cell => {
            const { medianSeconds, p90Seconds, ...counts } = promises[target]
            if (what === 'median') return minutes(medianSeconds)
            if (what === 'p90') return minutes(p90Seconds)
            return what === 'share' ? percent(counts.kept, counts.kept + counts.missed) : counts[what]
          }
          return [
            `${say(`support.target.${target}`)}${say('support.csv.of')}${say(`support.csv.${what}`)}`,
            of(summary),
            of(earlier),
          ]
        }),
      ),
      line('cameBack', ({ cameBack }) => cameBack),
      line('reopened', ({ reopened }) => reopened),
      line('rated', ({ ratings }) => sum(ratings.byScore)),
      line('mean', ({ ratings }) => decimal(meanOf(ratings.byScore))),
      line('good', ({ ratings: { byScore } }) =>
        percent((byScore[3] ?? 0) + (byScore[4] ?? 0), sum(byScore)),
      ),
      line('answered', ({ ratings, resolved }) => percent(ratings.answered, resolved)),
    ],
  }
}

function loadTable({ loads }: Report, kind: LoadKind, say: Say): Table {
  const name = ({ key, name: called }: Report['loads'][LoadKind][number]) =>
    key === null
      ? say(`support.report.${kind}.none`)
      : kind === 'topics'
        ? say(`support.topic.${key}`)
        : (called ?? key)
  return {
    headings: words(
      say,
      kind,
      'opened',
      'resolved',
      'open',
      'first-kept',
      'first-missed',
      'resolution-kept',
      'resolution-missed',
    ),
    lines: loads[kind].map((one) => [
      name(one),
      one.opened,
      one.resolved,
      one.open,
      one.firstKept,
      one.firstMissed,
      one.resolutionKept,
      one.resolutionMissed,
    ]),
  }
}

const words = (say: Say, ...names: string[]) => names.map((name) => say(`support.csv.${name}`))

/** `2026-10-31` -> `31/10/2026`. */
export const inFrench = (day: string) => day.split('-').toReversed().join('/')

const paris = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
})

/** `22/11/2026 09:30`, as a clock on a wall in Paris showed it. */
export const wallClock = (at: string | Date): string => paris.format(new Date(at))

/** Working time, in minutes with a decimal comma. */
export const minutes = (seconds: number | null): Cell => decimal(seconds === null ? null : seconds / 60)

const decimal = (value: number | null): Cell => (value === null ? null : value.toFixed(2).replace('.', ','))
const percent = (part: number, whole: number): Cell => decimal(whole === 0 ? null : (part * 100) / whole)

function meanOf(byScore: readonly number[]): number | null {
  const given = byScore.reduce((all, count) => all + count, 0)
  return given === 0 ? null : byScore.reduce((all, count, at) => all + count * (at + 1), 0) / given
}

export const asText = (cell: Cell): string => (cell === null ? '' : String(cell))
