import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addFile,
  getOwnProfile,
  getPractice,
  listFiles,
  readFile as download,
  removeFile,
  rightsIn,
  updateOwnProfile,
  updatePractice,
} from '#contract/cabinet'
import { listAuditEntries } from '#contract/audit'
import { departMember, getMemberSession, rights } from '#contract/identity'
import { tell } from '#platform/server/news.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

const server = await tenancyServer()
let moreau: TestPractice
let caron: TestPractice
let claire: TestMember
let lea: TestMember
let yves: TestMember
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  caron = await server.openPractice('Paul Rousseau')
  claire = moreau.holder
  yves = caron.holder
  lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
}, 60_000)

const pdf = (words: string) => new Blob([`%PDF-1.7\n${words}`], { type: 'application/octet-stream' })
const folderOf = ({ tenantId }: TestPractice) => join(server.dataDir, 'tenant-files', tenantId)

describe('a practice', () => {
  test('says whose it is, who asks and who works there; never where it lies', async () => {
    const shown = await lea.call(getPractice)
    expect(shown).toMatchObject({
      name: moreau.name,
      kind: 'practitioner',
      timeZone: 'Europe/Paris',
      me: { memberId: lea.memberId, name: 'Léa Fabre', profile: 'secretary' },
      people: [{ name: 'Léa Fabre' }, { name: 'Claire Moreau' }],
    })
    for (const secret of [moreau.tenantId, moreau.databaseName, moreau.loginRole])
      expect(JSON.stringify(shown)).not.toContain(secret)
  })

  test('is renamed by its practitioner, in one operation of the log', async () => {
    const { revision } = await claire.call(getPractice)
    const name = 'Cabinet des Tilleuls'
    const changed = await claire.call(updatePractice, {
      body: { revision, name, timeZone: 'Indian/Reunion' },
    })
    expect(changed).toMatchObject({ name, timeZone: 'Indian/Reunion', revision: revision + 1 })
    expect(await lea.call(getPractice)).toMatchObject({ name })
    const lines = await entriesOf(server, { verb: 'practice.updated' })
    expect(lines.map(({ result }) => result)).toEqual(['intended', 'done'])
    expect(lines[1]).toMatchObject({
      actorType: 'member',
      actorId: claire.memberId,
      before: { name: moreau.name },
      after: { name },
    })
  })

  test('changed by somebody else meanwhile is shown to who was slower, and stays', async () => {
    const { revision } = await claire.call(getPractice)
    await claire.call(updatePractice, { body: { revision, name: 'Premier' } })
    const refusal = await claire.refused(updatePractice, { body: { revision, name: 'Second' } })
    expect(refusal).toMatchObject({
      status: 409,
      code: 'practice_changed',
      details: { current: { name: 'Premier', revision: revision + 1 } },
    })
    expect((await claire.call(getPractice)).name).toBe('Premier')
  })

  test('is not renamed by its secretary, nor by the secretary’s role in its database', async () => {
    const { revision } = await lea.call(getPractice)
    const refusal = await lea.refused(updatePractice, { body: { revision, name: 'À moi' } })
    expect(refusal).toMatchObject({ status: 403, code: 'forbidden' })
    expect(refusal.message).toContain('demandez à la personne qui tient le cabinet')
    const change = server.tenants.databases.within(moreau.tenantId, 'secretary', (db) =>
      db.updateTable('practice').set({ name: 'À moi' }).execute(),
    )
    await expect(change).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a practitioner', () => {
  test('says under which numbers they practise, and a number with a wrong key is refused by its field', async () => {
    const { revision } = await claire.call(getOwnProfile)
    const mine = {
      revision,
      profession: 'Psychologue clinicienne',
      rpps: '100 0123 4565',
      adeli: null,
      siret: '732 829 320 00074',
      phone: '',
    }
    expect(await claire.call(updateOwnProfile, { body: mine })).toMatchObject({
      rpps: '10001234565',
      siret: '73282932000074',
      revision: revision + 1,
    })
    const wrong = { ...mine, revision: revision + 1, rpps: '10001234567' }
    expect(await claire.refused(updateOwnProfile, { body: wrong })).toMatchObject({
      status: 400,
      fields: [{ path: 'rpps', code: 'rpps_invalid' }],
    })
    expect(await claire.refused(updateOwnProfile, { body: mine })).toMatchObject({
      status: 409,
      code: 'profile_changed',
      details: { current: { revision: revision + 1 } },
    })
    expect(await lea.refused(getOwnProfile)).toMatchObject({ status: 403 })
  })
})

describe('a secretary’s own space', () => {
  let zoe: TestMember
  let employed: TestMember
  beforeAll(async () => {
    const space = await server.openPractice('Zoé Fontaine', 'secretary')
    zoe = space.holder
    employed = await space.join({ firstName: 'Nora', lastName: 'Petit', profile: 'secretary' })
  }, 60_000)

  test('is managed by her, who holds it, and she still has no notes', async () => {
    const { profile, permissions } = await zoe.call(getMemberSession)
    expect({ profile, permissions }).toEqual({
      profile: 'secretary',
      permissions: expect.arrayContaining([
        'cabinet.export',
        'cabinet.manage',
        'cabinet.read',
        'calls.manage',
      ]),
    })
    const { revision } = await zoe.call(getPractice)
    const name = 'Secrétariat des Tilleuls'
    expect(await zoe.call(updatePractice, { body: { revision, name } })).toMatchObject({ name })
    expect(permissions.filter((permission) => permission.startsWith('notes'))).toEqual([])
  })

  test('is not managed by a secretary who works for her', async () => {
    const { revision } = await employed.call(getPractice)
    const refusal = await employed.refused(updatePractice, { body: { revision, name: 'À moi' } })
    expect(refusal).toMatchObject({ status: 403, code: 'forbidden' })
    const { permissions } = await employed.call(getMemberSession)
    expect(permissions.filter((permission) => permission.startsWith('cabinet'))).toEqual([
      'cabinet.files',
      'cabinet.read',
    ])
  })

  test('is the only place where holding lifts a secretary’s role: never where a practitioner’s notes are', () => {
    const hers = { profile: 'secretary', holder: true, rights } as const
    expect(rightsIn({ ...hers, kind: 'secretary' }).role).toBe('practitioner')
    expect(rightsIn({ ...hers, kind: 'practitioner' }).role).toBe('secretary')
    for (const kind of ['practitioner', 'secretary'] as const)
      expect(
        rightsIn({ ...hers, kind }).permissions.filter((permission) => permission.startsWith('notes')),
      ).toEqual([])
  })
})

test('the log calls members, accounts and practices by their names, for whoever may know the client', async () => {
  const auditor = await server.as('auditor')
  const tell = (verb: string, actorId: string, object: { type: string; id: string }) =>
    server.audit.write(server.db, { verb, actor: { type: 'member', id: actorId }, object, result: 'done' })
  await tell('member.greeted', claire.memberId, { type: 'tenant', id: moreau.tenantId })
  await tell('member.greeted', lea.accountId, { type: 'member', id: lea.memberId })
  await tell('member.greeted', lea.memberId, { type: 'member_account', id: claire.accountId })
  const { rows } = await auditor.call(listAuditEntries, { query: { verb: 'member.greeted' } })
  expect(rows.map(({ actor, objectName }) => `${actor}: ${objectName}`).toSorted()).toEqual([
    'Claire Moreau: Cabinet de Claire Moreau',
    'Léa Fabre: Claire Moreau',
    'Léa Fabre: Léa Fabre',
  ])
})

describe('files', () => {
  test('come back as they went, for everybody of the practice and nobody else', async () => {
    const file = await lea.call(addFile, { query: { name: 'Bail été.pdf' }, file: pdf('le bail') })
    expect(file).toMatchObject({ name: 'Bail été.pdf', mediaType: 'application/pdf', addedBy: 'Léa Fabre' })
    expect((await claire.call(listFiles)).rows.map(({ id }) => id)).toContain(file.id)
    const reply = await claire.ask(download, { params: { id: file.id } })
    expect(reply).toMatchObject({ status: 200, text: '%PDF-1.7\nle bail' })
    expect(reply.headers).toMatchObject({ 'content-type': 'application/pdf' })
    expect(String(reply.headers['content-disposition'])).toContain('Bail%20%C3%A9t%C3%A9.pdf')
    const [look] = await entriesOf(server, { verb: 'practice_file.read', object: file.id })
    expect(look).toMatchObject({ actorId: claire.memberId, result: 'seen' })

    expect((await yves.call(listFiles)).rows).toEqual([])
    expect((await yves.refused(download, { params: { id: file.id } })).status).toBe(404)
    expect((await yves.refused(removeFile, { params: { id: file.id } })).status).toBe(404)
  })

  test('are for whom they were granted: a secretary without them neither reads nor lists any', async () => {
    const file = await claire.call(addFile, { query: { name: 'Bail.pdf' }, file: pdf('le bail') })
    const inès = await moreau.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'secretary' })
    await server.db
      .updateTable('members')
      .set({ rights: ['agenda', 'patients'] })
      .where('id', '=', inès.memberId)
      .execute()
    const without = await server.asMember(inès.memberId)
    expect((await without.refused(listFiles)).status).toBe(403)
    expect((await without.refused(download, { params: { id: file.id } })).status).toBe(403)
    expect((await lea.call(listFiles)).rows.map(({ id }) => id)).toContain(file.id)
  })

  test('lie sealed in the practice’s own folder', async () => {
    const { id } = await claire.call(addFile, { query: { name: 'a.pdf' }, file: pdf('un mot en clair') })
    const stored = await readFile(join(folderOf(moreau), id))
    expect(stored.includes('un mot en clair')).toBe(false)
    expect(await readdir(folderOf(caron)).catch(() => [])).not.toContain(id)
  })

  test('are gone for good once removed, row and bytes', async () => {
    const { id } = await claire.call(addFile, { query: { name: 'b.pdf' }, file: pdf('bientôt effacé') })
    await lea.call(removeFile, { params: { id } })
    expect((await claire.refused(download, { params: { id } })).status).toBe(404)
    await expect.poll(() => readdir(folderOf(moreau))).not.toContain(id)
    const lines = await entriesOf(server, { verb: 'practice_file.removed', object: id })
    expect(lines.map(({ result }) => result)).toEqual(['intended', 'done'])
  })

  test('that were lost or damaged are refused in a sentence', async () => {
    const refusal = {
      status: 410,
      code: 'practice_file_unreadable',
      message: expect.stringContaining('sauvegarde'),
    }
    const { id } = await claire.call(addFile, { query: { name: 'abîmé.pdf' }, file: pdf('abîmé') })
    const stored = join(folderOf(moreau), id)
    const sealed = await readFile(stored)
    sealed[sealed.length - 1]! ^= 1
    await writeFile(stored, sealed)
    expect(await claire.refused(download, { params: { id } })).toMatchObject(refusal)
    await writeFile(stored, sealed.subarray(0, 3))
    expect(await claire.refused(download, { params: { id } })).toMatchObject(refusal)
    await rm(stored)
    expect(await claire.refused(download, { params: { id } })).toMatchObject(refusal)
    await claire.call(removeFile, { params: { id } })
  })

  test('have names that read as they are written: nothing in them turns the direction round', async () => {
    const file = await claire.call(addFile, {
      query: { name: 'bail\u202Efdp\u2066.exe\u2069.pdf ' },
      file: pdf('à l’endroit'),
    })
    expect(file.name).toBe('bailfdp.exe.pdf')
    const empty = await claire.refused(addFile, { query: { name: '\u202E \u2069' }, file: pdf('sans nom') })
    expect(empty).toMatchObject({ status: 400, code: 'input_invalid' })
  })

  test('are what their bytes say: anything else is refused and leaves nothing behind', async () => {
    const before = await readdir(folderOf(moreau))
    const page = new Blob(['<script>alert(1)</script>'], { type: 'application/pdf' })
    const refusal = await claire.refused(addFile, { query: { name: 'page.pdf' }, file: page })
    expect(refusal).toMatchObject({ status: 415, code: 'practice_file_type_refused' })
    const huge = new Blob([Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-')], { type: 'application/octet-stream' })
    const tooLarge = await claire.refused(addFile, { query: { name: 'huge.pdf' }, file: huge })
    expect(tooLarge).toMatchObject({ status: 413, code: 'body_too_large' })
    expect(await readdir(folderOf(moreau))).toEqual(before)
  })

  test('that come to nothing leave no bytes behind, whatever stood in their way', async () => {
    const before = await readdir(folderOf(moreau))
    await server.db
      .updateTable('tenants')
      .set({ state: 'moving', stateBefore: 'active' })
      .where('id', '=', moreau.tenantId)
      .execute()
    await tell(server.db, { topic: 'tenants' })
    const send = () => claire.ask(addFile, { query: { name: 'c.pdf' }, file: pdf('pendant le déménagement') })
    await expect.poll(async () => (await send()).status).toBe(503)
    await server.db
      .updateTable('tenants')
      .set({ state: 'active', stateBefore: null })
      .where('id', '=', moreau.tenantId)
      .execute()
    await tell(server.db, { topic: 'tenants' })
    const { rows } = await claire.call(listFiles)
    const named = rows.map(({ id }) => id)
    expect(
      (await readdir(folderOf(moreau))).filter((id) => !before.includes(id) && !named.includes(id)),
    ).toEqual([])
  })

  test('that come slowly come to nothing once whoever sends them has left', async () => {
    const leaver = await moreau.join({ firstName: 'Jean', lastName: 'Petit', profile: 'secretary' })
    const [uploads, before] = [join(server.dataDir, 'work'), await readdir(folderOf(moreau))]
    const body = new PassThrough()
    const answer = server.app.inject({
      method: 'POST',
      url: '/api/v1/practice/files?name=e.pdf',
      headers: {
        host: 'app.localhost:3000',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/octet-stream',
        cookie: leaver.cookie(),
      },
      payload: body,
    })
    body.write('%PDF-1.7')
    await expect.poll(() => readdir(uploads).catch(() => [])).toHaveLength(1)
    const chief = await server.as('super_administrator')
    await chief.call(departMember, { params: { id: leaver.memberId } })
    // This process hears of it a moment later.
    await expect.poll(async () => (await leaver.ask(getPractice)).status).toBe(401)
    body.end()
    expect((await answer).statusCode).toBe(401)
    expect(await readdir(uploads)).toEqual([])
    expect(await readdir(folderOf(moreau))).toEqual(before)
  })

  test('are found and removed by their id however it is written', async () => {
    const { id } = await claire.call(addFile, { query: { name: 'd.pdf' }, file: pdf('en capitales') })
    const params = { id: id.toUpperCase() }
    expect((await claire.ask(download, { params })).text).toBe('%PDF-1.7\nen capitales')
    await claire.call(removeFile, { params })
    await expect.poll(() => readdir(folderOf(moreau))).not.toContain(id)
    expect(await entriesOf(server, { verb: 'practice_file.removed', object: id })).toHaveLength(2)
  })

  test('are a thousand at most', async () => {
    await server.tenants.databases.within(caron.tenantId, 'practitioner', (db) =>
      db
        .insertInto('files')
        .values(
          Array.from({ length: 1_000 }, (_, n) => ({
            id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
            name: `${n}.pdf`,
            mediaType: 'application/pdf',
            bytes: 1,
            sha256: Buffer.alloc(32),
            addedBy: yves.memberId,
          })),
        )
        .execute(),
    )
    const refusal = await yves.refused(addFile, { query: { name: 'un de trop.pdf' }, file: pdf('…') })
    expect(refusal).toMatchObject({ status: 422, code: 'practice_too_many_files' })
    expect(await readdir(folderOf(caron)).catch(() => [])).toEqual([])
  })
})
