/** What went through many practices, as the contract shows it. */
import type { Difference, FleetExecution, FleetPractice, SqlFleet, SqlFleetLine } from '#contract/sql-console'
import type { Parts } from '../parts.ts'
import { summed } from '../runs/receipts.ts'
import { typedIn } from './keeping.ts'
import { practicesOf, type Db, type FleetRow, type PracticeRow } from './queries.ts'
import { differencesFrom, normOf, type Signature } from './signatures.ts'

/** Of a text in a list. */
const beginning = 300

export async function lineShown(
  parts: Pick<Parts, 'vault' | 'tenants' | 'clock'>,
  row: FleetRow,
): Promise<SqlFleetLine> {
  const { text } = await typedIn(parts, row)
  const { waiting, done, failed, cancelled } = row.counts
  return {
    id: row.id,
    mode: row.mode,
    state: row.state,
    by: { id: row.staffId, name: row.staffName },
    text: text.slice(0, beginning),
    ticket: row.ticket,
    askedAt: row.askedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    total: row.total,
    figures: {
      waiting,
      done,
      failed,
      cancelled,
      notReached: row.total - waiting - done - failed - cancelled,
    },
    execution: executionState(row, parts.clock.now()),
  }
}

export function executionState(row: FleetRow, now: Date): SqlFleetLine['execution'] {
  const { execution, lapsesAt } = row
  return (execution === 'asked' || execution === 'approved') && lapsesAt && lapsesAt <= now
    ? 'lapsed'
    : execution
}

export async function fleetShown(
  parts: Pick<Parts, 'vault' | 'tenants' | 'clock'>,
  db: Db,
  row: FleetRow,
): Promise<SqlFleet> {
  const rows = await practicesOf(db, row.id)
  const practices = practicesShown(rows)
  const { text, parameters } = await typedIn(parts, row)
  return {
    ...(await lineShown(parts, row)),
    text,
    parameters,
    practices,
    diverging: practices.filter(({ differs }) => differs.length > 0).length,
    effects: summed(rows.map(({ effects }) => effects)),
    rowCount: rows.reduce((sum, one) => sum + (one.rowCount ?? 0), 0),
    executing: executionShown(row, rows, parts.clock.now()),
  }
}

export function practicesShown(rows: readonly PracticeRow[]): FleetPractice[] {
  const norm = normOf(rows.flatMap(({ signature }) => signature ?? []))
  return rows.map((row) => ({
    tenantId: row.tenantId,
    name: row.name,
    outcome: row.state,
    suspended: row.suspended,
    rowCount: row.rowCount,
    effects: row.effects,
    code: row.code,
    took: row.tookMs,
    differs: differing(norm, row.signature),
    execution:
      row.execution === null || row.wave === null
        ? null
        : {
            state: row.execution === 'executed' && row.undone ? 'undone' : row.execution,
            wave: row.wave,
            requestId: row.requestId,
            code: row.executionCode,
            drift: row.drift,
            endedAt: row.executionEndedAt?.toISOString() ?? null,
          },
  }))
}

const differing = (norm: Signature | undefined, here: Signature | null): Difference[] =>
  norm && here ? differencesFrom(norm, here) : []

function executionShown(row: FleetRow, practices: readonly PracticeRow[], now: Date): FleetExecution | null {
  const state = executionState(row, now)
  if (state === null || !row.requestedAt || !row.lapsesAt || !row.receipt) return null
  const included = practices.filter(({ wave }) => wave !== null)
  const count = Math.max(-1, ...practices.map(({ wave }) => wave ?? -1)) + 1
  return {
    state,
    receipt: row.receipt.toString('hex'),
    reason: row.reason,
    askedAt: row.requestedAt.toISOString(),
    lapsesAt: row.lapsesAt.toISOString(),
    decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.deciderName ?? '' },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    remark: row.remark,
    begunAt: row.begunAt?.toISOString() ?? null,
    endedAt: row.executionEndedAt?.toISOString() ?? null,
    automatic: row.automatic,
    wave: row.wave,
    waves: Array.from({ length: count }, (_, wave) => {
      const those = practices.filter((one) => one.wave === wave)
      return {
        total: those.length,
        executed: those.filter(({ execution }) => execution === 'executed').length,
        stopped: those.filter(({ execution }) => stoppedAt.has(execution)).length,
        leftOut: those.filter(({ execution }) => execution === 'left_out').length,
      }
    }),
    total: included.length,
    effects: summed(included.map(({ effects }) => effects)),
    stop: stopShown(row),
  }
}

const stoppedAt: ReadonlySet<PracticeRow['execution']> = new Set(['failed', 'drifted', 'unknown'])

function stopShown(row: FleetRow): FleetExecution['stop'] {
  if (!row.stoppedAt || !row.stopWhy) return null
  return {
    why: row.stopWhy,
    at: row.stoppedAt.toISOString(),
    by: row.stoppedBy === null ? null : { id: row.stoppedBy, name: row.stopperName ?? '' },
    tenantId: row.stopTenantId,
    practice: row.stopTenantName,
  }
}
