/** A ledger's lines as days to draw: what of each counted, and what did not. */
import type { LedgerLine } from '#contract/support'
import { wallOf } from './wall-time.ts'

export type Stretch = { kind: 'worked' | 'paused'; from: number; until: number }
export type LedgerDay = {
  day: string
  /** Minutes since that day's midnight. */
  stretches: Stretch[]
  /** Without hours of its own: as every week, or by name. */
  off: 'closed' | 'holiday' | 'closure' | null
}

const wholeDay = 24 * 60
const most = 400

export function ledgerDays(lines: readonly LedgerLine[], timeZone: string): LedgerDay[] {
  const days = new Map<string, LedgerDay>()
  const at = (day: string) => {
    let known = days.get(day)
    if (!known) days.set(day, (known = { day, stretches: [], off: null }))
    return known
  }
  for (const { kind, from, until } of lines) {
    if (kind === 'clock_changed') continue
    const [start, end] = [wallOf(from, timeZone), wallOf(until, timeZone)]
    if (kind !== 'worked' && kind !== 'paused') {
      at(start.day).off = kind
      continue
    }
    let day = start.day
    for (let count = 0; day <= end.day && count < most; count++) {
      const begins = day === start.day ? start.minutes : 0
      const ends = day === end.day ? end.minutes : wholeDay
      if (ends > begins) at(day).stretches.push({ kind, from: begins, until: ends })
      day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
    }
  }
  return [...days.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

/** The hours that are worth drawing, whole ones. */
export function hoursDrawn(days: readonly LedgerDay[]): { from: number; until: number } {
  const worked = days.flatMap(({ stretches }) => stretches.filter(({ kind }) => kind === 'worked'))
  const from = Math.min(9 * 60, ...worked.map((one) => one.from))
  const until = Math.max(18 * 60, ...worked.map((one) => one.until))
  return { from: Math.floor(from / 60) * 60, until: Math.ceil(until / 60) * 60 }
}
