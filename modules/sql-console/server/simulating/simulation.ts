/** What a simulation tells: of each statement what it gave and what it changed, and of the whole how it ended. */

/** Rows of a table, net: one that was changed twice counts once, one that came and went not at all. */
export type Effect = {
  inserted: number
  updated: number
  deleted: number
  truncated: boolean
  dropped: boolean
  /** Rows that a table had which was emptied or dropped whole. */
  rowsGone?: number
  /** Where before and after could not both be read, rows are those PostgreSQL counted, undone parts among them. */
  exact: boolean
}

/** A row as it was and as it would be, by column; what nobody may read is not in it. */
export type Change = { table: string; before: Row | null; after: Row | null }
export type Row = { [column: string]: unknown }

export type StatementReport = {
  text: string
  command: string
  columns: { name: string; type: number; table: number; column: number }[]
  /** As far as they were kept. */
  rows: unknown[][]
  /** All that it gives; null where nobody counted to the end. */
  rowCount: number | null
  effects: { [table: string]: Effect }
  changes: Change[]
  /** Of the rows that changed, those of which before and after are not in `changes`. */
  moreChanges: number
  /** Milliseconds in the database, and on the way. */
  took: number
}

export type Failure = {
  /** Which statement, from 0; null at the end, where a deferred constraint spoke. */
  statement: number | null
  code: string
  message: string
  detail?: string
  hint?: string
  /** UTF-16 units from the beginning of the whole text. */
  at?: number
}

export type Simulation = {
  status: 'simulated' | 'failed'
  failure?: Failure | undefined
  statements: StatementReport[]
  /** What constraints and triggers that wait for the end did when they were made to speak. */
  atCommit: Pick<StatementReport, 'effects' | 'changes' | 'moreChanges'>
  locks: { table: string; mode: string }[]
  residue: { sequences: { name: string; from: string | null; to: string | null }[]; deadRows: number }
  proof: { xid: string; status: string; unchanged: boolean }
  took: number
}
