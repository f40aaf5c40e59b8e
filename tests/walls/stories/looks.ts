/** Reads of what is sensitive: each leaves a look. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { listAuditEntries, getAuditEntry } from '#contract/audit'
import { clientTimeline, createClient, getClient } from '#contract/clients'
import { exportDashboard } from '#contract/dashboard'
import { getSession, getStaff, listBlocks, listSignIns } from '#contract/identity'
import { getMail, getMailPage } from '#contract/mail'
import { downloadFile } from '#platform/contract/jobs.ts'
import { openFiles } from '#platform/server/files.ts'
import { entriesOf } from '../../harness/audit.ts'
import { lucieSignedIn } from '../../harness/newcomer.ts'
import type { TestServer } from '../../harness/server.ts'
import type { Call, LookStory } from './story.ts'

async function aClient(server: TestServer): Promise<Call> {
  const sales = await server.as('sales')
  const email = `roxane.${crypto.randomUUID()}@example.com`
  const body = {
    kind: 'practitioner',
    status: 'prospect',
    lastName: 'Arnaud',
    firstName: 'Roxane',
    email,
  } as const
  return { as: sales, input: { params: { id: (await sales.call(createClient, { body })).id } } }
}

async function aMail(server: TestServer): Promise<Call> {
  // She was told of the authenticator she enrolled.
  const { email } = await lucieSignedIn(server)
  const { id } = await server.db
    .selectFrom('outgoingMails')
    .where('toEmail', '=', email)
    .select('id')
    .executeTakeFirstOrThrow()
  return { as: await server.as('technical_administrator'), input: { params: { id } } }
}

async function aFile(server: TestServer): Promise<Call> {
  const { browser } = await lucieSignedIn(server, 'direction')
  const { staffId } = await browser.call(getSession)
  const files = openFiles(server.dataDir)
  const draft = path.join(files.workFolder, crypto.randomUUID())
  await writeFile(draft, 'Nom\r\n')
  const id = await files.keep(server.db, {
    path: draft,
    staffId,
    name: 'clients.csv',
    mediaType: 'text/csv',
    needsPermission: 'clients.export',
    limits: undefined,
  })
  return { as: browser, input: { params: { id } } }
}

export const looks: LookStory[] = [
  { endpoint: getClient, tell: aClient },
  { endpoint: clientTimeline, tell: aClient },
  {
    endpoint: getStaff,
    async tell(server) {
      const { browser } = await lucieSignedIn(server)
      const { staffId } = await browser.call(getSession)
      return { as: await server.as('administrator'), input: { params: { id: staffId } } }
    },
  },
  {
    endpoint: listSignIns,
    tell: async (server) => ({ as: await server.as('administrator'), input: { query: { what: 'all' } } }),
  },
  { endpoint: listBlocks, tell: async (server) => ({ as: await server.as('administrator') }) },
  { endpoint: getMail, tell: aMail },
  { endpoint: getMailPage, tell: aMail },
  { endpoint: downloadFile, tell: aFile },
  { endpoint: exportDashboard, tell: async (server) => ({ as: await server.as('direction') }) },
  {
    endpoint: listAuditEntries,
    tell: async (server) => ({ as: await server.as('auditor'), input: { query: { limit: 1 } } }),
  },
  {
    endpoint: getAuditEntry,
    async tell(server) {
      const [entry] = await entriesOf(server, { result: 'done' })
      return { as: await server.as('auditor'), input: { params: { id: entry?.id } } }
    },
  },
]
