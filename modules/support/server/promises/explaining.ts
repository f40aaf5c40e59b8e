/** Why a promise is due when it is. */
import { explainTicketTarget, type LedgerLine, type TargetName } from '#contract/support'
import { found, handle, NotFound } from '#platform/server/requests.ts'
import { UnreachableDueDate } from '../sla/clock.ts'
import { ledgerOf, type Ledger } from '../sla/ledger.ts'
import { clocksOf, type Clocks, type Target } from '../sla/targets.ts'
import type { HeldUp } from '../sla/ticket-log.ts'
import { dayMs, instantOf, offsetsOf, type Instant } from '../sla/zone.ts'
import { toldToClocks } from '../tickets/log-of-ticket.ts'
import { logsOf } from '../tickets/queries.ts'
import { agreementAt } from './agreements.ts'
import { calendarVersions, policyRows } from './queries.ts'

export const explaining = handle(explainTicketTarget, async ({ db, clock }, { params: { id, target } }) => {
  const log = await logsOf(db, [id])
  if (log.length === 0) throw new NotFound()
  const now = clock.now().getTime()
  const clocks = clocksOf(toldToClocks(log), await agreementAt(db), now)
  const promise = found(promised(clocks, target))
  const { policyVersion, calendarVersion, calendar } = promise.agreement
  const [policies, calendars] = [await policyRows(db), await calendarVersions(db)]
  return {
    from: iso(promise.from),
    due: promise.due === null ? null : iso(promise.due),
    allowanceSeconds: Math.round(promise.allowanceSeconds),
    policy: policies.find((version) => version.id === policyVersion)?.name ?? '',
    calendar: calendars.find((version) => version.id === calendarVersion)?.name ?? '',
    timeZone: calendar.timezone,
    lines: linesOf(promise, now),
  }
})

/** Of the answers that are owed after the first: the one that is open, else the last there was. */
const promised = (clocks: Clocks, target: TargetName): Target | null =>
  clocks[target] ?? (target === 'nextResponse' ? (clocks.exchanges.at(-1) ?? null) : null)

/** None where the calendar leaves no time: there is no due date to explain. */
function linesOf({ agreement: { calendar }, from, allowanceSeconds, pauses }: Target, now: Instant) {
  try {
    const ledger = ledgerOf(calendar, from, allowanceSeconds / 60, pauses)
    return ledger.lines.map((line) => told(line, calendar.timezone, now))
  } catch (error) {
    if (error instanceof UnreachableDueDate) return []
    throw error
  }
}

function told(line: Ledger<HeldUp>['lines'][number], zone: string, now: Instant): LedgerLine {
  switch (line.kind) {
    case 'worked':
      return {
        kind: 'worked',
        from: iso(line.from),
        until: iso(line.until),
        seconds: Math.round(line.seconds),
        why: line.name ?? '',
        by: '',
      }
    case 'paused':
      return {
        kind: 'paused',
        from: iso(line.from),
        until: iso(line.until === Infinity ? Math.max(now, line.from) : line.until),
        seconds: Math.round(line.seconds ?? 0),
        why: line.pause.why,
        by: line.pause.by,
      }
    case 'clock_change':
      return {
        kind: 'clock_changed',
        from: iso(line.from),
        until: iso(line.from),
        seconds: (line.after - line.before) * 60,
        why: '',
        by: '',
      }
    default: {
      const midnight = Date.parse(line.day) + dayMs
      const until = instantOf(midnight, offsetsOf(zone, new Date(midnight).getUTCFullYear()))
      return {
        kind: line.kind,
        from: iso(line.from),
        until: iso(until),
        seconds: 0,
        why: line.name ?? '',
        by: '',
      }
    }
  }
}

const iso = (instant: Instant) => new Date(instant).toISOString()
