/**
 * A process that goes on with a work on a tenant and is killed in the middle of one of its steps: SIGKILL, sent to itself,
 * so that the place is the same each time. Told on standard input what to do, once it said that it is ready.
 */
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { forgetPractice } from '#server/support'
import { openAudit } from '#server/audit'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { openFiles } from '#platform/server/files.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openClusters } from '../../modules/tenancy/server/clusters.ts'
import { lifeKinds, lifeParts } from '../../modules/tenancy/server/life/index.ts'
import { openWorks } from '../../modules/tenancy/server/running-works.ts'
import { openTemplates } from '../../modules/tenancy/server/template.ts'
import { readSchema } from '../../modules/tenancy/server/versions.ts'

export type MortalOrder = {
  databaseUrl: string
  masterKey: string
  dataDir: string
  workId: string
  step: string
  /** It dies with this many statements sent in that step, or at the step's end if that comes first. */
  statements: number
}

// Whoever is killed leaves nothing to the next by itself.
flushCompileCache()
const lines = createInterface(process.stdin)
process.stdout.write('ready\n')
const [line] = (await once(lines, 'line')) as [string]
const order = JSON.parse(line) as MortalOrder // of the test that started us

let left = Number.POSITIVE_INFINITY
const die = () => process.kill(process.pid, 'SIGKILL')
const query = pg.Client.prototype.query
// As many ways to call it as pg has, all of them handed on.
pg.Client.prototype.query = function (this: pg.Client, ...question: unknown[]) {
  const answer: unknown = Reflect.apply(query, this, question)
  // Sent, and not answered yet.
  if (--left === 0) setImmediate(die)
  return answer
} as typeof query

const log = openLog('silent')
const clock = systemClock
const vault = vaultOf(Buffer.from(order.masterKey, 'base64'))
const pool = openPool(order.databaseUrl, { max: 4 })
const db = centralDb(pool)
const schema = readSchema()
const parts = lifeParts({
  forgetPractice,
  db,
  vault,
  clock,
  log,
  schema,
  audit: openAudit({ vault, clock }),
  clusters: openClusters({ db, vault, clock, log }),
  templates: openTemplates({ db, schema, log }),
  catalogue: { forget() {} },
  databases: { forget: async () => {}, within: () => Promise.reject(new Error('nobody is asked')) },
  files: openFiles(order.dataDir),
  dataDir: order.dataDir,
})
const kinds = lifeKinds(parts).map((kind) => ({
  ...kind,
  steps: kind.steps.map((step) => ({
    ...step,
    async run(on: Parameters<typeof step.run>[0]) {
      if (step.name === order.step) left = order.statements
      await step.run(on)
      if (step.name === order.step) die()
    },
  })),
}))
const works = openWorks({ db, pool, clock, log, kinds })
// PostgreSQL may still think of the one that died before.
while ((await works.run(order.workId)) === 'taken') await pause(20)
process.stdout.write('alive\n')
process.exit(0)
