// A process of its own that migrates a fleet, to be killed at it: node migrate-fleet.ts ID CENTRAL_URL MASTER_KEY FOLDER
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openClusters } from '../../modules/tenancy/server/clusters.ts'
import { fleetRunner } from '../../modules/tenancy/server/migrating-fleet.ts'
import { openTemplates } from '../../modules/tenancy/server/template.ts'
import { readSchema } from '../../modules/tenancy/server/versions.ts'

const [id = '', centralUrl = '', masterKey = '', folder = ''] = process.argv.slice(2)
const pool = openPool(centralUrl)
const db = centralDb(pool)
const log = openLog('silent')
const schema = readSchema(folder)
const vault = vaultOf(Buffer.from(masterKey, 'base64'))
const clusters = openClusters({ db, vault, clock: systemClock, log })
await fleetRunner({
  db,
  vault,
  pool,
  log,
  schema,
  clusters,
  templates: openTemplates({ db, schema, log }),
}).run(id)
