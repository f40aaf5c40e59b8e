// A report of support over a year out of a million tickets, against the same figures asked of PostgreSQL by hand; and a
// month, which is what one mostly reads.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { median } from './shared/load.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import { bareReport } from './support-reports/bare.ts'
import { giveTicketsAStory, withoutIndexes } from './support-reports/stories.ts'
import { loadTickets, tickets } from './support-queue/tickets.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/support/reports of a year out of 1,000,000 tickets, against the same figures by bare SQL'

const rounds = 5

export async function run(): Promise<Result> {
  const site = await smallSite()
  try {
    console.log(`inventing ${tickets} tickets`)
    await withoutIndexes(site.adminUrl, async () => {
      await loadTickets(site.adminUrl)
      await giveTicketsAStory(site.adminUrl)
    })
    // What runs beside it after a million new rows is not what is measured.
    await pause(2_000)
    return await compare(site)
  } finally {
    await site.stop()
  }
}

async function compare({ server, appUrl }: Awaited<ReturnType<typeof smallSite>>): Promise<Result> {
  const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'support') }
  const bare = new pg.Client({ connectionString: appUrl })
  await bare.connect()
  try {
    const ask = async (query: string) => {
      const began = performance.now()
      const response = await fetch(`${server.url}/api/v1/support/reports${query}`, { headers })
      const report = (await response.json()) as Report
      return { ms: performance.now() - began, report }
    }
    const { report } = await ask('?period=year')
    await ask('')
    const [ours, theirs, month]: [number[], number[], number[]] = [[], [], []]
    for (let round = 1; round <= rounds; round++) {
      const year = await ask('?period=year')
      const began = performance.now()
      const figures = await bareReport(bare, report)
      theirs.push(performance.now() - began)
      ours.push(year.ms)
      month.push((await ask('')).ms)
      same(year.report, figures)
      console.log(
        `round ${round}: a year ${year.ms.toFixed(0)} ms, by hand ${theirs.at(-1)?.toFixed(0)} ms, ` +
          `thirty days ${month.at(-1)?.toFixed(0)} ms`,
      )
    }
    const ratio = median(theirs.map((value, at) => value / (ours[at] ?? Number.NaN)))
    const [year, days] = [median(ours), median(month)]
    return {
      bench: 'support-reports',
      metrics: [
        { name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 1', meets: ratio >= 1 },
        // Against itself, whatever the machine does beside it: what one mostly reads is much less work than a year.
        {
          name: 'month of year',
          value: Number((days / year).toFixed(2)),
          target: '<= 0.35',
          meets: days / year <= 0.35,
        },
      ],
      ours: Math.round(year),
      reference: Math.round(median(theirs)),
      unit: 'ms',
      runs: rounds,
    }
  } finally {
    await bare.end()
  }
}

type Span = { from: string; until: string }
export type Report = {
  span: Span
  before: Span
  summary: {
    opened: number
    resolved: number
    open: number
    promises: Record<'firstResponse' | 'resolution', { medianSeconds: number; p90Seconds: number }>
  }
}

/** Both tell the same figures, or the comparison says nothing. */
function same({ summary }: Report, figures: Awaited<ReturnType<typeof bareReport>>): void {
  const ours = [
    summary.opened,
    summary.resolved,
    summary.open,
    summary.promises.firstResponse.medianSeconds,
    summary.promises.resolution.p90Seconds,
  ]
  if (ours.join() !== figures.join()) throw new Error(`${ours.join()} is not ${figures.join()}`)
}
