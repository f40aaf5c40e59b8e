// A process of its own that does a work on a tenant, to be killed at it: node provision.ts INSTALLATION WORK
import { tenancyProcess } from './tenancy-process.ts'

const [installation = '', workId = ''] = process.argv.slice(2)
const { masterKey, ...rest } = JSON.parse(installation) as {
  masterKey: string
  database: { appUrl: string; provisionerUrl: string }
  dataDir: string
}
const { works } = await tenancyProcess({ ...rest, masterKey: Buffer.from(masterKey, 'base64') })
await works.run(workId)
