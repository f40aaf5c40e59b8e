/**
 * A process that goes on with an execution in many practices and is killed in the middle of it: SIGKILL, sent to itself when it has
 * sent a statement that it was told. Told on standard input what to do, once it said that it is ready.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openAudit } from '#server/audit'
import { openTenants } from '#server/tenancy'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { fleetExecutor } from '../../modules/sql-console/server/fleet/execution-running.ts'
import { keepColumns } from '../../modules/sql-console/server/masking/columns.ts'
import { openDoors } from '../../modules/sql-console/server/targets/doors.ts'

export type MortalOrder = {
  databaseUrl: string
  masterKey: string
  fleetId: string
  /** It dies with the nth statement sent that contains this; `before`: as it would be sent. */
  statement: string
  nth: number
  before: boolean
}

const lines = createInterface(process.stdin)
process.stdout.write('ready\n')
const [line] = (await once(lines, 'line')) as [string]
const order = JSON.parse(line) as MortalOrder // of the test that started us

let left = order.nth
const die = () => process.kill(process.pid, 'SIGKILL')
const query = pg.Client.prototype.query
const textOf = (question: unknown) =>
  typeof question === 'string' ? question : ((question as { text?: string } | undefined)?.text ?? '')
// As many ways to call it as pg has, all of them handed on.
pg.Client.prototype.query = function (this: pg.Client, ...question: unknown[]) {
  const isMeant = textOf(question[0]).includes(order.statement) && --left === 0
  if (isMeant && order.before) die()
  const answer: unknown = Reflect.apply(query, this, question)
  if (isMeant) setImmediate(die)
  return answer
} as typeof query

const [log, clock] = [openLog('silent'), systemClock]
const vault = vaultOf(Buffer.from(order.masterKey, 'base64'))
const pool = openPool(order.databaseUrl, { max: 6 })
const db = centralDb(pool)
const tenants = openTenants({ db, vault, clock, log, cap: 4 })
const executor = fleetExecutor({
  db,
  pool,
  vault,
  clock,
  log,
  tenants,
  audit: openAudit({ vault, clock }),
  environment: 'test',
  columns: keepColumns(),
  centralDatabase: undefined,
  doorsOf: openDoors({
    db,
    log,
    locate: (tenantId) => tenants.catalogue.locate(tenantId),
    newest: tenants.schema.current,
    consoleUrl: undefined,
  }),
})
await executor.run(order.fleetId)
process.stdout.write('alive\n')
process.exit(0)
