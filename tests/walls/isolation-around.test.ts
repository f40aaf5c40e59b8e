/**
 * What stands around a practice's database and could mix two of them up: logins, tokens, files, news, exports, mails,
 * logs. Léa works in both practices under one address; nothing of the one is to be found in the other through her either.
 */
import { copyFile, readFile as bytesOf, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addFile, getPractice, listFiles, readFile, removeFile, updatePractice } from '#contract/cabinet'
import { getMemberSession, getSession } from '#contract/identity'
import { exportTenant, suspendTenant, resumeTenant } from '#contract/tenancy'
import { addressOf } from '#platform/contract/endpoint.ts'
import { downloadFile, getJob } from '#platform/contract/jobs.ts'
import { tenantRoles } from '#platform/server/tenant-db.ts'
import { onDatabase } from '../harness/another-cluster.ts'
import { lettersTo } from '../harness/mailbox.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../harness/tenants.ts'

const long = process.env['TEST_LONG'] === '1'
const lines: Record<string, unknown>[] = []
const log = pino(
  { level: 'debug' },
  { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
)
const server = await tenancyServer({ log })
const claire = await server.openPractice('Claire Moreau')
const hugo = await server.openPractice('Hugo Lefèvre')
const email = 'lea.fabre.isolation@example.com'
const lea = { firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' as const, email }
const leaAtClaires = await claire.join(lea)
const leaAtHugos = await hugo.join(lea)

describe('logins', () => {
  const behind = async (url: string) => {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return String((await client.query('select current_database()')).rows[0]?.current_database)
    } catch (error) {
      return (error as pg.DatabaseError).code
    } finally {
      await client.end().catch(() => {})
    }
  }

  test('of a practice come into its own database, and into no other of the cluster', async () => {
    const practices = [claire, hugo]
    while (long && practices.length < 50) practices.push(await server.openPractice())
    const central = new URL(server.database.appUrl).pathname.slice(1)
    for (const { tenantId, databaseName } of practices) {
      const place = await server.tenants.catalogue.locate(tenantId)
      if (!place) throw new Error('a practice that was opened is in the catalogue')
      const others = practices.map((other) => other.databaseName).filter((name) => name !== databaseName)
      const shut = [...others, central, 'postgres', 'template1', server.tenants.templates.name]
      await Promise.all(
        tenantRoles.map(async (role) => {
          const url = new URL(onDatabase(place.address, databaseName))
          url.username = `${place.loginRole}_${role}`
          url.password = place.passwordOf(role)
          expect(await behind(url.href)).toBe(databaseName)
          for (const name of shut)
            expect(await behind(onDatabase(url.href, name)), `${url.username} into ${name}`).toMatch(
              /^(42501|55000)$/,
            )
        }),
      )
    }
  }, 1_800_000)

  test('are of no use with the password of another practice, or of another role', async () => {
    const [own, other] = await Promise.all(
      [claire, hugo].map(({ tenantId }) => server.tenants.catalogue.locate(tenantId)),
    )
    const url = new URL(onDatabase(own?.address ?? '', claire.databaseName))
    url.username = `${claire.loginRole}_practitioner`
    for (const password of [other?.passwordOf('practitioner'), own?.passwordOf('secretary')]) {
      url.password = password ?? ''
      expect(await behind(url.href)).toBe('28P01')
    }
  })
})

describe('tokens', () => {
  const asking = (member: TestMember, host: string, cookie: string) =>
    member.send('GET', addressOf(host.startsWith('app.') ? getMemberSession : getSession), {
      headers: { host, cookie },
    })
  const token = (cookie: string) => cookie.split('=')[1] ?? ''

  test('of a member open nothing in the back-office, under either name', async () => {
    const cookie = claire.holder.cookie()
    for (const one of [cookie, `mgp_session=${token(cookie)}`])
      expect((await asking(claire.holder, 'localhost:3000', one)).status).toBe(401)
  })

  test('of the team open nothing on the practice host, under either name', async () => {
    const cookie = (await server.as('super_administrator')).cookie()
    const session = /mgp_session=([^;]+)/.exec(cookie)?.[1] ?? ''
    expect(session).not.toBe('')
    for (const one of [cookie, `mgp_member_session=${session}`])
      expect((await asking(claire.holder, 'app.localhost:3000', one)).status).toBe(401)
  })

  test('say whose practice it is, and nothing else does', async () => {
    const query = `?tenant=${hugo.tenantId}`
    const headers = { 'x-tenant': hugo.tenantId, 'x-tenant-id': hugo.tenantId }
    const reply = await claire.holder.send('GET', addressOf(getPractice), { headers })
    expect(JSON.parse(reply.text)).toMatchObject({ name: claire.name })
    expect((await claire.holder.send('GET', addressOf(getPractice) + query)).status).toBe(400)
    const body = { revision: 1, name: 'Prise', tenantId: hugo.tenantId }
    expect((await claire.holder.ask(updatePractice, { body })).status).toBe(400)
  })

  test('of one person in two practices are two, each good in its own', async () => {
    expect(await leaAtClaires.call(getPractice)).toMatchObject({ name: claire.name })
    expect(await leaAtHugos.call(getPractice)).toMatchObject({ name: hugo.name })
    const compliance = await server.as('administrator')
    await compliance.call(suspendTenant, { params: { id: hugo.tenantId }, body: { reason: 'Impayés' } })
    expect((await leaAtHugos.refused(getPractice)).status).toBeGreaterThanOrEqual(401)
    expect(await leaAtClaires.call(getPractice)).toMatchObject({ name: claire.name })
    await compliance.call(resumeTenant, { params: { id: hugo.tenantId } })
  })
})

describe('files', () => {
  const pdf = (text: string) => new Blob([`%PDF-1.4\n${text}\n%%EOF\n`], { type: 'application/pdf' })
  const add = async (member: TestMember, text: string) => {
    const reply = await member.ask(addFile, { query: { name: `${text}.pdf` }, file: pdf(text) })
    expect(reply.status, reply.text).toBe(201)
    return (JSON.parse(reply.text) as { id: string }).id
  }
  const folder = (practice: TestPractice) => path.join(server.dataDir, 'tenant-files', practice.tenantId)

  test('of another practice are not there, neither to be read nor to be removed', async () => {
    const id = await add(claire.holder, 'bail de Claire')
    const own = { params: { id } }
    expect((await claire.holder.ask(readFile, own)).text).toContain('bail de Claire')
    for (const member of [hugo.holder, leaAtHugos])
      for (const endpoint of [readFile, removeFile])
        expect((await member.ask(endpoint, own)).status).toBe(404)
    expect((await hugo.holder.call(listFiles)).rows).toEqual([])
    expect((await leaAtClaires.ask(readFile, own)).text).toContain('bail de Claire')
  })

  test('laid into another practice’s folder, under a row that names them, do not open', async () => {
    const id = await add(claire.holder, 'dossier de Claire')
    await add(hugo.holder, 'bail de Hugo')
    await copyFile(path.join(folder(claire), id), path.join(folder(hugo), id))
    await server.tenants.databases.within(hugo.tenantId, 'practitioner', (db) =>
      db
        .insertInto('files')
        .values({ id, name: 'pris.pdf', mediaType: 'application/pdf', bytes: 31, sha256: Buffer.alloc(32) })
        .execute(),
    )
    expect((await hugo.holder.call(listFiles)).rows.map(({ name }) => name)).toContain('pris.pdf')
    // Cut off or refused: the bytes themselves never come.
    const text = await hugo.holder.ask(readFile, { params: { id } }).then(
      (reply) => reply.text,
      () => '',
    )
    expect(text).not.toContain('dossier de Claire')
    await server.tenants.databases.within(hugo.tenantId, 'practitioner', (db) =>
      db.deleteFrom('files').where('id', '=', id).execute(),
    )
  })

  test('do not open under another file’s id of the same practice either', async () => {
    const [one, two] = [await add(claire.holder, 'premier'), await add(claire.holder, 'second')]
    await writeFile(path.join(folder(claire), two), await bytesOf(path.join(folder(claire), one)))
    const text = await claire.holder.ask(readFile, { params: { id: two } }).then(
      (reply) => reply.text,
      () => '',
    )
    expect(text).not.toContain('premier')
    await claire.holder.ask(removeFile, { params: { id: two } })
  })
})

describe('news', () => {
  beforeAll(() => server.app.listen({ port: 0, host: '127.0.0.1' }))

  /** What a listener hears, until told to stop. */
  async function listening(member: TestMember) {
    const { port } = server.app.server.address() as AddressInfo // it listens on TCP
    const headers = { host: 'app.localhost:3000', 'sec-fetch-site': 'same-origin', cookie: member.cookie() }
    let heard = ''
    const begun = Promise.withResolvers<void>()
    const request = http.get(
      { host: '127.0.0.1', port, path: '/api/v1/practice/news', headers },
      (response) =>
        response.setEncoding('utf8').on('data', (chunk: string) => {
          heard += chunk
          begun.resolve()
        }),
    )
    request.on('error', () => {})
    await begun.promise
    return {
      news: () => heard.split('\n\n').filter((event) => event.includes('event: news')),
      stop: () => request.destroy(),
    }
  }

  const rename = async (member: TestMember) => {
    const { revision, name } = await member.call(getPractice)
    await member.call(updatePractice, { body: { revision, name: `${name} bis` } })
    await member.call(updatePractice, { body: { revision: revision + 1, name } })
  }

  test('of a practice are heard by its own people alone', async () => {
    const ears = await Promise.all([claire.holder, leaAtClaires, hugo.holder, leaAtHugos].map(listening))
    const [atClaires, leaThere, atHugos, leaHere] = ears
    await rename(hugo.holder)
    await expect.poll(() => atHugos?.news().length).toBe(2)
    await expect.poll(() => leaHere?.news().length).toBe(2)
    // All of them hang on one line of news: what comes after it would have come before this.
    await rename(claire.holder)
    await expect.poll(() => atClaires?.news().length).toBe(2)
    await expect.poll(() => leaThere?.news().length).toBe(2)
    expect(ears.map((ear) => ear.news().length)).toEqual([2, 2, 2, 2])
    expect(ears.map((ear) => ear.news().join()).join()).not.toContain(claire.tenantId)
    for (const ear of ears) ear.stop()
  })
})

describe('exports', () => {
  test('begun at once hold each its own practice, and only who asked has them', async () => {
    const compliance = await server.as('super_administrator')
    const colleague = await server.as('compliance')
    const archives = await Promise.all(
      [claire, hugo].map(async ({ tenantId: id }) => {
        const { jobId } = await compliance.call(exportTenant, {
          params: { id },
          body: { reason: 'Portabilité' },
        })
        const job = () => compliance.call(getJob, { params: { id: jobId } })
        await expect.poll(async () => (await job()).state, { timeout: 30_000, interval: 100 }).toBe('done')
        const fileId = (await job()).result?.['fileId'] as string
        expect((await colleague.ask(downloadFile, { params: { id: fileId } })).status).toBe(404)
        return archiveOf(compliance.cookie(), fileId)
      }),
    )
    const [ofClaire = '', ofHugo = ''] = archives
    expect(ofClaire).toContain(claire.name)
    expect(ofClaire).toContain('bail de Claire')
    expect(ofClaire).not.toMatch(/Hugo|Lefèvre/)
    expect(ofHugo).toContain(hugo.name)
    expect(ofHugo).not.toMatch(/Claire|Moreau/)
  })

  async function archiveOf(cookie: string, id: string): Promise<string> {
    const reply = await server.app.inject({
      method: 'GET',
      url: addressOf(downloadFile, { id }),
      headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin', cookie },
    })
    expect(reply.statusCode, reply.body.slice(0, 200)).toBe(200)
    return Object.entries(unzipSync(new Uint8Array(reply.rawPayload)))
      .map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('utf8')}`)
      .join('\n')
  }
})

test('mails name the practice they are about, and go to its own people', async () => {
  for (const [practice, other] of [
    [claire, hugo],
    [hugo, claire],
  ] as const) {
    const letters = await lettersTo(server, practice.holder.email)
    expect(letters.length).toBeGreaterThan(0)
    for (const { subject, text } of letters) {
      expect(`${subject} ${text}`).toContain(practice.name)
      expect(`${subject} ${text}`).not.toContain(other.name)
    }
  }
  // Who works in both is written to once for each.
  const both = (await lettersTo(server, email)).map(({ subject, text }) => `${subject} ${text}`)
  for (const text of both) expect(text.includes(claire.name) && text.includes(hugo.name)).toBe(false)
})

test('every line about a member’s request names their practice, and none holds what is in one', async () => {
  const reply = await hugo.holder.ask(getPractice)
  const requestId = reply.headers['x-request-id']
  await expect
    .poll(() => lines.find((line) => line['requestId'] === requestId))
    .toMatchObject({ tenant: hugo.tenantId })
  const ofMembers = lines.filter(
    ({ route }) => typeof route === 'string' && route.startsWith('/api/v1/practice'),
  )
  expect(ofMembers.length).toBeGreaterThan(10)
  const tenants = new Set([claire.tenantId, hugo.tenantId])
  for (const line of ofMembers.filter(({ status }) => status !== 401))
    expect(tenants).toContain(line['tenant'])
  expect(JSON.stringify(lines)).not.toMatch(/Moreau|Lefèvre|Fabre|bail de|dossier de|@example\.com/)
})

afterAll(() => server.app.server.closeAllConnections())
