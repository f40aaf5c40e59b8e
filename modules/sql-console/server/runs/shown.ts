/** Rows of runs as the contract shows them. */
import type { SqlRun, SqlRunLine } from '#contract/sql-console'
import type { Parts } from '../parts.ts'
import { keepingOf, reportPlace, textPlace, type Typed } from './keeping.ts'
import type { RunRow } from './queries.ts'
import { changesSomething } from './receipts.ts'
import type { KeptReport } from './running.ts'

/** Of a text in a list. */
const beginning = 300

export async function lineShown(parts: Parts, row: RunRow): Promise<SqlRunLine> {
  return (await withTyped(parts, row)).line
}

export async function runShown(parts: Parts, row: RunRow): Promise<SqlRun> {
  const { line, typed, kept } = await withTyped(parts, row)
  return {
    ...line,
    text: typed.text,
    parameters: typed.parameters,
    problems: kept?.problems ?? [],
    report: kept?.report ?? null,
    schemaVersion: row.schemaVersion,
    receipt:
      row.receipt && row.receiptUntil
        ? {
            digest: row.receipt.toString('hex'),
            until: row.receiptUntil.toISOString(),
            used: row.receiptUsedAt !== null,
            writes: changesSomething(line.effects),
          }
        : null,
    undoes: row.undoes,
    unmasking: row.unmaskingId,
    unmasked: [],
  }
}

async function withTyped(parts: Parts, row: RunRow) {
  const keeping = await keepingOf(parts, row.tenantId)
  const typed = keeping.open<Typed>(row.textSealed, textPlace(row.id)) ?? { text: '', parameters: [] }
  const line: SqlRunLine = {
    id: row.id,
    mode: row.mode,
    target: {
      id: row.tenantId ?? 'central',
      name: row.tenantName ?? '',
      kind: row.tenantId === null ? 'central' : 'tenant',
      environment: parts.environment,
    },
    status: row.status,
    by: { id: row.staffId, name: row.staffName },
    text: typed.text.slice(0, beginning),
    startedAt: row.startedAt.toISOString(),
    took: row.tookMs,
    rowCount: row.rowCount,
    effects: row.effects,
    code: row.code,
  }
  return { line, typed, kept: keeping.open<KeptReport>(row.reportSealed, reportPlace(row.id)) }
}
