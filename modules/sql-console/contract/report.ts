/** What a run tells: of each statement what it gave and what it changed, and of the whole how it ended. */
import { z } from 'zod'
import { ColumnClass } from './targets.ts'
import { Unmasked } from './unmasking.ts'

/** A place in the text, in UTF-16 units from its beginning. */
const place = { from: z.int(), to: z.int() }

/** Why a text is not run, and where: `name` is what is meant (a function, a table, a statement). */
export const Problem = z.object({ reason: z.string(), name: z.string(), message: z.string(), ...place })
export type Problem = z.infer<typeof Problem>

/** Rows of a table, net: one that was changed twice counts once. */
export const Effect = z.object({
  inserted: z.int(),
  updated: z.int(),
  deleted: z.int(),
  truncated: z.boolean(),
  dropped: z.boolean(),
  /** Rows of a table that was emptied or dropped whole; null where it was not. */
  rowsGone: z.int().nullable(),
  /** Columns that go, and how many values that were not null go with them; null: nobody counted, the table is too long. */
  lost: z.array(z.object({ column: z.string(), values: z.int().nullable() })).optional(),
  /** All of it was written anew, as another type or a default for each row makes PostgreSQL do: how much that is. Rows: null, nobody counted. */
  rewritten: z.object({ rows: z.int().nullable(), bytes: z.int() }).optional(),
  /** Null: exact. Else why it is not. */
  inexact: z.string().nullable(),
})
export type Effect = z.infer<typeof Effect>
export const Effects = z.record(z.string(), Effect)
export type Effects = z.infer<typeof Effects>

const row = z.record(z.string(), z.unknown())
/** What is masked in it reads `•••`. */
export const Change = z.object({
  table: z.string(),
  before: row.nullable(),
  after: row.nullable(),
  /** Of a row that was there and stays: the columns that differ, the masked ones too. */
  changed: z.array(z.string()),
  /** By column. */
  masked: z.record(z.string(), ColumnClass),
  /** By column, in an answer that goes out unmasked: what is shown that is masked otherwise. */
  unmasked: z.record(z.string(), Unmasked).optional(),
  /** Columns of which only the beginning is told, or nothing: they are too long. */
  cut: z.array(z.string()),
})
export type Change = z.infer<typeof Change>

/** A node of PostgreSQL's plan, as it writes it in JSON: its names are its own. */
export const Plan = z.record(z.string(), z.unknown())
export type Plan = z.infer<typeof Plan>

export const StatementReport = z.object({
  ...place,
  command: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      masked: ColumnClass.nullable(),
      /** In an answer that goes out unmasked: it is shown, and masked otherwise. */
      unmasked: Unmasked.optional(),
    }),
  ),
  /** Values as PostgreSQL writes them, as many as were kept. */
  rows: z.array(z.array(z.string().nullable())),
  /** All that it gives; null where nobody counted to the end. */
  rowCount: z.int().nullable(),
  /** All of it is masked: rows are chosen, ordered or counted by parts of what is of this class, which would spell it. */
  tells: ColumnClass.optional(),
  /** Why `rows` are not all: there are more than are kept, or they are too long for this statement's part of the answer. */
  cut: z.enum(['rows', 'bytes']).nullable().optional(),
  effects: Effects,
  /** False: another statement failed, and this one is undone with it. What it had come to is told all the same. */
  takesEffect: z.boolean().optional(),
  changes: z.array(Change),
  /** Of the rows that changed, those that are not in `changes`. */
  moreChanges: z.int(),
  plan: Plan.nullable(),
  /** Pages of tables and indexes it looked at: found in memory, and fetched. */
  buffers: z.object({ hit: z.int(), read: z.int() }),
  /** Milliseconds. */
  took: z.number(),
})
export type StatementReport = z.infer<typeof StatementReport>

export const Failure = z.object({
  /** Which statement, from 0; null at the end, where a constraint that waits for it spoke. */
  statement: z.int().nullable(),
  /**
   * SQLSTATE; or why it was ended from outside (`others_wait`, `too_long`, `too_large`, `unwatched`, `cancelled`, `connection`,
   * `transaction_left`), may not be told of (`counts_masked`), did not begin (`unguarded`, `function`), is not proven (`unproven`), did something else than was approved
   * (`drifted`), or would overwrite what somebody changed since (`changed_since`).
   */
  code: z.string(),
  message: z.string(),
  detail: z.string().nullable(),
  hint: z.string().nullable(),
  at: z.int().nullable(),
})
export type Failure = z.infer<typeof Failure>

export const Report = z.object({
  failure: Failure.nullable(),
  /** False where something failed: a script is one transaction, and nothing of what any statement did would be. */
  takesEffect: z.boolean().optional(),
  statements: z.array(StatementReport),
  /** What constraints and triggers that wait for the end did. */
  atCommit: z.object({ effects: Effects, changes: z.array(Change), moreChanges: z.int() }),
  /** Tables it held against others, and whom that keeps waiting: who reads too, who writes, only who changes the table itself. */
  locks: z.array(
    z.object({ table: z.string(), mode: z.string(), blocks: z.enum(['reading', 'writing', 'changing']) }),
  ),
  /** Lines of what makes the database, each gone (`- `) or new (`+ `). */
  schemaChanges: z.array(z.string()),
  /** What a rollback does not undo. */
  residue: z.object({
    sequences: z.array(
      z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
    ),
    deadRows: z.int(),
  }),
  /** Of the transaction, asked of another connection afterwards: `aborted`. */
  proof: z.object({ xid: z.string(), status: z.string(), unchanged: z.boolean() }).nullable(),
  /** Classed values are written where others stand: all of it is masked. */
  spreads: ColumnClass.nullable(),
  /** Functions it calls that give something else each time: what is written is not held to what is shown here. */
  unrepeatable: z.array(z.string()).optional(),
  /** Values it writes that come of those: an execution is not held to them. */
  uncompared: z.int().optional(),
  /**
   * Of a way back that was refused: rows that are no longer as the execution left them, each as it was left (`before`; null: it had
   * gone) and as it stands (`after`; null: it is gone), its key and what differs. `others`: rows that came since and would change too.
   */
  since: z
    .object({
      rows: z.array(Change),
      /** Not in `rows`. */
      more: z.int(),
      others: z.array(z.object({ table: z.string(), rows: z.int() })),
    })
    .optional(),
})
export type Report = z.infer<typeof Report>
