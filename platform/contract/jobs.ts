import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './ids.ts'
import { refusal } from './refusal.ts'

/** Long work someone started: shown in the job tray with its progress, found again after leaving the page. */
export const Job = z.object({
  id: Id,
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.int(),
  total: z.int().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  errorCode: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})
export type Job = z.infer<typeof Job>

export const fileGone = refusal('file_gone', 410)

/** One's own jobs of the last two days, newest first. */
export const listJobs = endpoint({
  method: 'GET',
  path: '/jobs',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Your long-running jobs of the last two days',
  output: z.object({ rows: z.array(Job) }),
  refreshedBy: ['jobs'],
})

export const getJob = endpoint({
  method: 'GET',
  path: '/jobs/:id',
  realm: 'staff',
  may: 'signed_in',
  summary: 'One of your jobs, with its progress and result',
  input: { params: z.object({ id: Id }) },
  output: Job,
  refreshedBy: ['jobs'],
})

/** A file a job made for the person who asked for it; they must still hold the permission it was made under. */
export const downloadFile = endpoint({
  method: 'GET',
  path: '/files/:id',
  realm: 'staff',
  may: 'signed_in',
  records: 'file.downloaded',
  summary: 'Downloads a file that one of your jobs made',
  input: { params: z.object({ id: Id }) },
  output: {
    stream: [
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/json',
      'application/zip',
      'text/plain',
    ],
  },
  refusals: [fileGone],
})
