/** What was read, whole and as a file: made by a job that reads again, sealed, and handed within a day to whoever asked for it. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { fileGone } from '#platform/contract/jobs.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { SqlTarget } from './targets.ts'

export const sqlExportJobKind = 'sql-export'

export const sqlExportFormats = ['csv', 'xlsx'] as const
export type SqlExportFormat = (typeof sqlExportFormats)[number]

/** Beyond them a file ends, and says so: rows, and bytes of what stands in them. A workbook holds 1,048,576 lines at most. */
export const sqlExportLimits = { rows: 1_000_000, bytes: 200_000_000 } as const

/** Only what was read and gave rows: a simulation's are of a state that never was. */
export const exportNotRead = refusal('sql_export_not_read')
/** One is being made for this person; `details.id` says which. */
export const exportOneAtATime = refusal('sql_export_one_at_a_time')
/** It is made, or was given up, already. */
export const exportOver = refusal('sql_export_over')

/** `lapsed`: a day has passed, or its practice is gone, and nothing opens it any more. */
export const SqlExportState = z.enum(['waiting', 'running', 'made', 'failed', 'cancelled', 'lapsed'])
export type SqlExportState = z.infer<typeof SqlExportState>

export const SqlExport = z.object({
  id: Id,
  runId: Id,
  target: SqlTarget.pick({ id: true, name: true, environment: true, kind: true }),
  /** Which statement of the text, from 0. */
  statement: z.int(),
  /** The beginning of the text. */
  text: z.string(),
  format: z.enum(sqlExportFormats),
  state: SqlExportState,
  /** Rows so far, or in the file. */
  rows: z.int(),
  /** Rows there were when it was read; null where nobody counted to the end. */
  expected: z.int().nullable(),
  /** Of the file. */
  bytes: z.int().nullable(),
  /** It ends before the result does: which bound it came to. */
  cut: z.enum(['rows', 'bytes']).nullable(),
  /** Values of which only the beginning stands in it. */
  shortened: z.int(),
  /** Why it failed. */
  code: z.string().nullable(),
  askedAt: Instant,
  lapsesAt: Instant.nullable(),
})
export type SqlExport = z.infer<typeof SqlExport>

const staff = { realm: 'staff', may: 'sql.export', about: 'sql_export' } as const
const one = z.object({ id: Id })

export const startSqlExport = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/runs/:id/exports',
  records: 'sql_export.asked',
  stepUp: false,
  summary: 'Has a job read once more what one’s own run read, and write it masked into a file',
  input: {
    params: one,
    body: z.object({ statement: z.int().min(0).max(10_000).default(0), format: z.enum(sqlExportFormats) }),
  },
  output: SqlExport,
  status: 202,
  refusals: [exportNotRead, exportOneAtATime],
  touches: ['sql'],
})

/** Of the last day: what is older lies nowhere any more. */
export const listSqlExports = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/exports',
  summary: 'One’s own exports of the last day, the latest first',
  output: z.object({ rows: z.array(SqlExport) }),
  refreshedBy: ['sql', 'jobs'],
})

export const cancelSqlExport = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/exports/:id/cancellation',
  records: 'sql_export.cancelled',
  stepUp: false,
  summary: 'Ends the making of one’s own export: nothing of it is kept',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [exportOver],
  touches: ['sql'],
})

export const downloadSqlExport = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/exports/:id/file',
  records: 'sql_export.downloaded',
  summary: 'The file, to whoever asked for it',
  input: { params: one },
  output: { stream: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  refusals: [fileGone],
})
