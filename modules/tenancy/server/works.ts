/**
 * Long work on one tenant, step by step: a row that says where it is, and whoever is free goes on with it. A process that
 * dies leaves nothing behind but its row: the lock it held falls with it, and another goes on from the same step.
 */
import type { workKinds } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { insertWork } from './work-queries.ts'

export type WorkKindName = (typeof workKinds)[number]

/** What a kind keeps between its steps: plain JSON, never a secret. */
export type Plan = Record<string, unknown>

/** What a step stands on. */
export type StepContext = {
  /** The central database; no transaction is open. */
  db: CentralDb
  workId: string
  tenantId: string
  /** The staff member who asked for it, if one did. */
  askedBy: string | null
  /** As `save` left it. */
  plan: Plan
  /** Keeps more of the plan: counts as a step forward, so that long steps may be cut short as often as it takes. */
  save(more: Plan): Promise<void>
  /** Rows, bytes or whatever the step counts; written and told at most every 400 ms. */
  progress(done: number, total: number | null): void
  /** Aborted when this process leaves or has lost its hold on the work: stop, another goes on. */
  signal: AbortSignal
}

/**
 * Each step may be begun again, at any place it was cut short at: it looks at what is there and does the rest. It may even
 * find the last act of a dead process still under way in PostgreSQL.
 */
export type Step = { name: string; run(on: StepContext): Promise<void> }

export type WorkKind = {
  kind: WorkKindName
  steps: readonly Step[]
  /** After the last failure, before the work is called failed: the tenant is left as it was. May be begun again too. */
  undo?(on: StepContext): Promise<void>
}

/** What a person is told of a failure: `code` is the key of a sentence, `tenancy.trouble.<code>`. */
export class WorkTrouble extends Error {
  readonly code: string
  /** Trying again changes nothing. */
  readonly isFinal: boolean
  constructor(code: string, detail: string, { isFinal = false } = {}) {
    super(detail)
    this.code = code
    this.isFinal = isFinal
  }
}

/** A cluster that does not answer: the work waits for it, however long that takes. */
export class ClusterUnreachable extends WorkTrouble {
  constructor(detail: string) {
    super('cluster_unreachable', detail)
  }
}

/** What the queue calls it: its id is the work's. */
export const tenantWork = { name: 'tenant-work' } as const

export type NewWork = { tenantId: string; kind: WorkKindName; plan?: Plan; askedBy: string | null }

/**
 * In the caller's transaction: it begins after the commit, or never.
 * @returns its id, or nothing when something is being done to the tenant already
 */
export async function beginWork(
  db: CentralDb,
  work: NewWork,
  /** None on the command line, where whoever begins a work runs it. */
  jobs: Pick<Jobs, 'send'> | undefined,
): Promise<string | undefined> {
  const id = await insertWork(db, work)
  if (id !== undefined) await jobs?.send(db, tenantWork, id)
  return id
}
