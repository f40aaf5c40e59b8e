/** Rows of exports as the contract shows them. */
import type { SqlExport, SqlExportState } from '#contract/sql-console'
import type { Parts } from '../parts.ts'
import { keepingOf, textPlace, type Typed } from '../runs/keeping.ts'
import { vaultFor } from './files.ts'
import type { ExportRow } from './queries.ts'

/** Of a text in a list. */
const beginning = 300

export async function exportShown(parts: Parts, row: ExportRow): Promise<SqlExport> {
  const keeping = await keepingOf(parts, row.tenantId)
  const typed = keeping.open<Typed>(row.textSealed, textPlace(row.runId))
  const isOpen = (await vaultFor(parts, row.tenantId)) !== undefined
  const state = stateOf(row, parts.clock.now(), isOpen)
  return {
    id: row.id,
    runId: row.runId,
    target: {
      id: row.tenantId ?? 'central',
      name: row.tenantName ?? '',
      kind: row.tenantId === null ? 'central' : 'tenant',
      environment: parts.environment,
    },
    statement: row.place,
    text: typed?.text.slice(0, beginning) ?? '',
    format: row.format,
    state,
    rows: row.rowCount ?? row.done,
    expected: row.total,
    bytes: row.bytes === null ? null : Number(row.bytes),
    cut: row.outcome === 'rows' || row.outcome === 'bytes' ? row.outcome : null,
    shortened: row.leftOut,
    code: state === 'failed' ? (row.code ?? row.jobError ?? 'lost') : null,
    askedAt: row.askedAt.toISOString(),
    lapsesAt: row.lapsesAt?.toISOString() ?? null,
  }
}

export function stateOf(
  { outcome, cancelledAt, lapsesAt, jobState }: ExportRow,
  now: Date,
  isOpen: boolean,
): SqlExportState {
  if (lapsesAt) return lapsesAt > now && isOpen ? 'made' : 'lapsed'
  if (outcome === 'failed') return 'failed'
  if (outcome === 'cancelled' || cancelledAt) return 'cancelled'
  // A process that died told nobody: the job's own line says what became of it.
  return jobState === 'waiting' || jobState === 'running' ? jobState : 'failed'
}
