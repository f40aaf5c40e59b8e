/** What a simulation tells: of each statement what it gave and what it changed, and of the whole how it ended. */

/** Rows of a table, net: one that was changed twice counts once, one that came and went not at all. */
export type Effect = {
  inserted: number
  /** Of a table that was written anew, those whose values are no longer what they were. */
  updated: number
  deleted: number
  truncated: boolean
  dropped: boolean
  /** Of the rows that were there and changed or went, which: a digest of their keys. */
  which?: string
  /** Rows that a table had which was emptied or dropped whole. */
  rowsGone?: number
  /** Of columns that go, the values that were not null; undefined where there are too many rows to count them. */
  lost?: Lost[]
  /** All of it lies elsewhere on the disk now: so many rows (undefined: nobody counted), so many bytes of the table and what is too long for it. */
  rewritten?: { rows?: number | undefined; bytes: number }
  exact: boolean
  /** Why it is not: then rows are those PostgreSQL counted, undone parts and what changed twice among them. */
  inexact?: Inexact
}

export type Lost = { column: string; values?: number | undefined }

export type Inexact =
  /** The login may not read the table, or not which transaction made its rows. */
  | 'unreadable'
  /** A policy hides rows of it. */
  | 'hidden_rows'
  /** More rows than are looked at. */
  | 'too_many'
  /** Rows came and went, and by no key can it be said which of them are the same. */
  | 'no_key'
  /** A part of the statement closed the table to everybody before it was looked at. */
  | 'closed'

/** What rows of others held before, and what all hold now: digests, by table, where not too many changed to look at each. */
export type Values = {
  [table: string]: {
    was?: string
    became?: string
    /** Values that were written and are in neither: a statement makes them anew each time. */
    uncompared?: number
  }
}

/** A row as it was and as it would be, by column; what nobody may read is not in it. */
export type Change = {
  table: string
  before: Row | null
  after: Row | null
  /** Columns of which only the beginning is told, or nothing: they are too long. */
  cut?: string[]
}
export type Row = { [column: string]: unknown }

export type StatementReport = {
  text: string
  command: string
  columns: { name: string; type: number; table: number; column: number }[]
  /** As far as they were kept; a value that is too long ends in an ellipsis. */
  rows: unknown[][]
  /** All that it gives; null where nobody counted to the end. */
  rowCount: number | null
  /** Why not all of them are in `rows`. */
  cut?: 'rows' | 'bytes' | undefined
  effects: { [table: string]: Effect }
  values?: Values
  changes: Change[]
  /** Of the rows that changed, those of which before and after are not in `changes`. */
  moreChanges: number
  /** How PostgreSQL went about it, in its own JSON; null of what has no plan. */
  plan: { [field: string]: unknown } | null
  /** Pages of tables and indexes it looked at: found in memory, and fetched. */
  buffers: { hit: number; read: number }
  /** Milliseconds in the database, and on the way. */
  took: number
}

export type Failure = {
  /** Which statement, from 0; null at the end, where a deferred constraint spoke. */
  statement: number | null
  /** PostgreSQL's, or one of `Ending`, or one of those that are said before and after: `unguarded`, `function`, `unproven`. */
  code: string
  message: string
  detail?: string
  hint?: string
  /** UTF-16 units from the beginning of the whole text. */
  at?: number
}

/** Why it was ended from outside. */
export type Ending =
  /** Somebody waited for what it held. */
  | 'others_wait'
  | 'too_long'
  /** More came from the database than this process takes. */
  | 'too_large'
  /** Nobody could look whether others wait. */
  | 'unwatched'
  | 'cancelled'
  | 'connection'
  /** It waited for a stream, as COPY does. */
  | 'streams'
  /** What was typed ended the transaction: nothing runs outside of one. */
  | 'transaction_left'

/** Whom a lock keeps waiting: who reads too, who writes, or only who changes the table itself. */
export type Lock = { table: string; mode: string; blocks: 'reading' | 'writing' | 'changing' }

export type Simulation = {
  status: 'simulated' | 'failed'
  failure?: Failure | undefined
  statements: StatementReport[]
  /** What constraints and triggers that wait for the end did when they were made to speak. */
  atCommit: Pick<StatementReport, 'effects' | 'values' | 'changes' | 'moreChanges'>
  locks: Lock[]
  /** Lines of what makes the database, each gone (`- `) or new (`+ `). */
  schemaChanges: string[]
  residue: {
    /** Null where the login may not read it: it may have moved. */
    sequences: { name: string; from: string | null; to: string | null }[]
    /** Versions of rows that remain until they are cleared away. */
    deadRows: number
  }
  /** `unknown` where nobody could be asked. */
  proof: { xid: string; status: string; unchanged: boolean }
  took: number
}
