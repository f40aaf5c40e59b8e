import { describe, expect, test } from 'vitest'
import {
  addStep,
  alreadyExtended,
  answerPrivacyRequest,
  checkIdentity,
  correctPrivacyRequest,
  demandIdentityProof,
  extendPrivacyRequest,
  groundsFor,
  listPrivacyRequests,
  receivePrivacyRequest,
  reopenPrivacyRequest,
  requestAnswered,
  requestKinds,
  type Ground,
  type Outcome,
  type RequestFields,
} from '#contract/privacy'
import { pgCode, sql } from '#platform/server/db.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { requestsPage } from './queries.ts'

const now = new Date('2026-07-06T08:00:00Z')
const server = await testServer({ clock: { now: () => now } })
const nadege = await server.as('compliance')

const aRequest = (over: Partial<RequestFields> = {}) =>
  nadege.call(receivePrivacyRequest, {
    body: {
      kind: 'access',
      clientId: null,
      name: 'Yvonne Delaunay',
      email: null,
      receivedOn: '2026-06-10',
      channel: 'email',
      wording: 'Que savez-vous de moi ?',
      ...over,
    },
  })

async function identified(over: Partial<RequestFields> = {}) {
  const { id } = await aRequest(over)
  await nadege.call(checkIdentity, {
    params: { id },
    body: { method: 'document', checkedOn: '2026-07-01', note: 'Carte vue à l’accueil.' },
  })
  return { params: { id } }
}

const answer = (outcome: Outcome, ground: Ground | null = null) => ({
  outcome,
  ground,
  answeredOn: '2026-07-06',
  note: '',
})

describe('answering', () => {
  test('a request that is granted leaves the queue, with who answered and when', async () => {
    const one = await identified()
    const answered = await nadege.call(answerPrivacyRequest, { ...one, body: answer('granted') })
    expect(answered).toMatchObject({
      state: 'answered',
      outcome: 'granted',
      answeredOn: '2026-07-06',
      // Due on the 10th, four days later.
      daysLeft: 4,
    })
    expect(answered.steps.map(({ kind }) => kind)).toEqual(['received', 'identity_checked', 'answered'])
    expect(answered.steps.at(-1)).toMatchObject({
      by: 'Nadège Rousseau',
      on: '2026-07-06',
      outcome: 'granted',
      note: null,
    })
  })

  test('nothing is granted to somebody of whom it is not known who they are', async () => {
    const { id } = await aRequest()
    const one = { params: { id } }
    for (const outcome of ['granted', 'partly_granted'] as const)
      expect(
        (await nadege.refused(answerPrivacyRequest, { ...one, body: answer(outcome, 'rights_of_others') }))
          .code,
      ).toBe('privacy_identity_not_checked')
    expect(
      (await nadege.call(answerPrivacyRequest, { ...one, body: answer('refused', 'identity_unproven') }))
        .state,
    ).toBe('answered')
  })

  test('who withdraws needs neither', async () => {
    const { id } = await aRequest()
    const answered = await nadege.call(answerPrivacyRequest, {
      params: { id },
      body: answer('withdrawn', 'legal_claims'),
    })
    expect(answered.steps.at(-1)).toMatchObject({ outcome: 'withdrawn', ground: null })
  })

  test.each([
    ['refused', null, 'ground_missing'],
    ['partly_granted', null, 'ground_missing'],
    // The ten years of invoices stand against an erasure, not against an access.
    ['refused', 'legal_obligation', 'ground_unfit'],
  ] as const)('%s on the ground %s is a wrong field', async (outcome, ground, code) => {
    const one = await identified()
    expect(
      await nadege.refused(answerPrivacyRequest, { ...one, body: answer(outcome, ground) }),
    ).toMatchObject({
      status: 400,
      fields: [{ path: 'ground', code }],
    })
  })

  test.each(requestKinds.flatMap((kind) => groundsFor(kind).map((ground) => [kind, ground] as const)))(
    'a request for %s can be refused on the ground %s',
    async (kind, ground) => {
      const { id } = await aRequest({ kind })
      const answered = await nadege.call(answerPrivacyRequest, {
        params: { id },
        body: answer('refused', ground),
      })
      expect(answered.steps.at(-1)).toMatchObject({ ground })
    },
  )

  test.each([
    ['2026-07-07', 'day_in_future'],
    ['2026-06-09', 'day_before_receipt'],
  ])('an answer of %s is a wrong field', async (answeredOn, code) => {
    const one = await identified()
    expect(
      await nadege.refused(answerPrivacyRequest, { ...one, body: { ...answer('granted'), answeredOn } }),
    ).toMatchObject({ status: 400, fields: [{ path: 'answeredOn', code }] })
  })

  test('what was answered stands until it is reopened; notes are welcome all the same', async () => {
    const one = await identified()
    await nadege.call(answerPrivacyRequest, { ...one, body: answer('granted') })
    const { code } = requestAnswered
    expect((await nadege.refused(answerPrivacyRequest, { ...one, body: answer('granted') })).code).toBe(code)
    expect((await nadege.refused(correctPrivacyRequest, { ...one, body: { kind: 'erasure' } })).code).toBe(
      code,
    )
    const noted = await nadege.call(addStep, { ...one, body: { note: 'Accusé de réception reçu.' } })
    expect(noted.steps.at(-1)).toMatchObject({ kind: 'note', note: 'Accusé de réception reçu.' })
    const reopened = await nadege.call(reopenPrivacyRequest, {
      ...one,
      body: { reason: 'Réponse incomplète' },
    })
    expect(reopened).toMatchObject({
      state: 'due_soon',
      answeredOn: null,
      outcome: null,
      dueOn: '2026-07-10',
    })
    expect(reopened.steps.map(({ kind }) => kind)).toEqual([
      'received',
      'identity_checked',
      'answered',
      'note',
      'reopened',
    ])
  })

  test('steps are appended: the server may neither change nor remove one', async () => {
    for (const statement of [
      sql`update privacy_steps set note = 'autre chose'`,
      sql`delete from privacy_steps`,
      sql`delete from privacy_proofs`,
      sql`delete from privacy_requests`,
      sql`update privacy_requests set created_by = created_by`,
    ])
      expect(await statement.execute(server.db).then(() => 'done', pgCode)).toBe('42501')
  })
})

describe('extending', () => {
  test('two further months, told within the first', async () => {
    const { id } = await aRequest()
    const one = { params: { id } }
    const extended = await nadege.call(extendPrivacyRequest, {
      ...one,
      body: { toldOn: '2026-07-03', reason: 'Quatre demandes à la fois, et des archives sur papier.' },
    })
    expect(extended).toMatchObject({
      state: 'extended',
      isExtended: true,
      firstDueOn: '2026-07-10',
      dueOn: '2026-09-10',
      daysLeft: 66,
    })
    expect(extended.steps.at(-1)).toMatchObject({ kind: 'extended', on: '2026-07-03' })
    const again = await nadege.refused(extendPrivacyRequest, {
      ...one,
      body: { toldOn: '2026-07-03', reason: 'Encore' },
    })
    expect(again.code).toBe(alreadyExtended.code)
  })

  test('an extension follows the day of receipt when that is corrected', async () => {
    const { id } = await aRequest()
    const one = { params: { id } }
    await nadege.call(extendPrivacyRequest, { ...one, body: { toldOn: '2026-07-03', reason: 'Archives' } })
    const corrected = await nadege.call(correctPrivacyRequest, { ...one, body: { receivedOn: '2026-06-14' } })
    expect(corrected).toMatchObject({ firstDueOn: '2026-07-15', dueOn: '2026-09-14', state: 'extended' })
  })

  test.each([
    ['2026-05-03', 'day_before_receipt'],
    ['2026-07-07', 'day_in_future'],
    ['2026-06-05', 'extension_told_too_late'],
  ])('telling the person on %s is a wrong field', async (toldOn, code) => {
    const { id } = await aRequest({ receivedOn: '2026-05-04' })
    const refused = await nadege.refused(extendPrivacyRequest, {
      params: { id },
      body: { toldOn, reason: 'Archives' },
    })
    expect(refused).toMatchObject({ status: 400, fields: [{ path: 'toldOn', code }] })
    if (code === 'extension_told_too_late') expect(refused.fields?.[0]?.message).toContain('04/06/2026')
  })

  test('what was told in time may be written down later', async () => {
    const { id } = await aRequest({ receivedOn: '2026-05-04' })
    const extended = await nadege.call(extendPrivacyRequest, {
      params: { id },
      body: { toldOn: '2026-06-04', reason: 'Archives' },
    })
    expect(extended).toMatchObject({ dueOn: '2026-08-04', state: 'extended' })
  })
})

describe('identity', () => {
  test('doubts are written down with what was asked for, and move no deadline', async () => {
    const { id, dueOn } = await aRequest()
    const asked = await nadege.call(demandIdentityProof, {
      params: { id },
      body: { demandedOn: '2026-07-01', note: 'Adresse inconnue : pièce d’identité demandée.' },
    })
    expect(asked).toMatchObject({ dueOn, isIdentityChecked: false })
    expect(asked.steps.at(-1)).toMatchObject({ kind: 'proof_demanded', on: '2026-07-01' })
  })

  test('how it was checked, by whom and when is in the steps', async () => {
    const { params } = await identified()
    const [, step] = (await nadege.call(addStep, { params, body: { note: 'x' } })).steps
    expect(step).toMatchObject({
      kind: 'identity_checked',
      method: 'document',
      on: '2026-07-01',
      by: 'Nadège Rousseau',
      note: 'Carte vue à l’accueil.',
    })
  })
})

describe('where a request stands', () => {
  const standsOn = async (today: string, id: string) => {
    const page = await requestsPage(server.db, { today }, { after: undefined, limit: 500 })
    return page.find(({ row }) => row.id === id)?.row
  }

  test.each([
    ['2026-07-02', 'open', 8],
    ['2026-07-03', 'due_soon', 7],
    ['2026-07-10', 'due_soon', 0],
    ['2026-07-11', 'late', -1],
  ])('on %s it is %s', async (today, state, daysLeft) => {
    const { id } = await aRequest()
    expect(await standsOn(today, id)).toMatchObject({ state, daysLeft })
  })

  test('an extended request that is due soon, or late, says so', async () => {
    const { id } = await aRequest()
    await nadege.call(extendPrivacyRequest, { params: { id }, body: { toldOn: '2026-07-03', reason: 'x' } })
    const states = ['2026-09-02', '2026-09-03', '2026-09-11'].map(
      async (day) => (await standsOn(day, id))?.state,
    )
    expect(await Promise.all(states)).toEqual(['extended', 'due_soon', 'late'])
  })

  test('what missed its deadline is found, answered or not', async () => {
    const waiting = await aRequest({ receivedOn: '2026-05-04' })
    const { params } = await identified({ receivedOn: '2026-05-04' })
    await nadege.call(answerPrivacyRequest, { params, body: answer('granted') })
    const intime = await identified()
    await nadege.call(answerPrivacyRequest, { ...intime, body: answer('granted') })
    const { rows } = await nadege.call(listPrivacyRequests, { query: { late: 'yes', limit: 200 } })
    const ids = rows.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([waiting.id, params.id]))
    expect(ids).not.toContain(intime.params.id)
    for (const row of rows) expect(row.daysLeft).toBeLessThan(0)
  })
})

test('midnight is that of Paris', async () => {
  const atNight = await testServer({ clock: { now: () => new Date('2026-07-10T22:30:00Z') } })
  const request = await (
    await atNight.as('compliance')
  ).call(receivePrivacyRequest, {
    body: {
      kind: 'access',
      clientId: null,
      name: 'Yvonne Delaunay',
      email: null,
      receivedOn: '2026-06-10',
      channel: 'email',
      wording: 'Que savez-vous de moi ?',
    },
  })
  expect(request).toMatchObject({ dueOn: '2026-07-10', state: 'late', daysLeft: -1 })
})
