import { afterAll, expect, test } from 'vitest'
import { getRetention, listErasures, previewRetention, saveRetention } from '#contract/audit'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { tellPast } from '../past.ts'
import { keptSince, latestByAge } from './limits.ts'
import { eraseWhatIsOld } from './retaining.ts'

const server = await testServer()
const top = await server.as('super_administrator')
const behind = openPool(server.database.adminUrl, { max: 1 })
afterAll(() => behind.end())

const clock = { now: () => new Date() }
const night = () =>
  eraseWhatIsOld(server.db, { audit: server.audit, clock, sentences: sentencesOf(readMessages()) })
const erasures = async () => (await top.call(listErasures, { query: {} })).rows

test('payloads are kept until somebody says otherwise', async () => {
  expect(await top.call(getRetention)).toEqual({ payloadMonths: null, revision: 1 })
  await night()
  expect(await erasures()).toEqual([])
})

test('whoever saves over a colleague is told of it', async () => {
  expect(await top.call(saveRetention, { body: { payloadMonths: 12, revision: 1 } })).toEqual({
    payloadMonths: 12,
    revision: 2,
  })
  expect(await top.refused(saveRetention, { body: { payloadMonths: 6, revision: 1 } })).toMatchObject({
    code: 'audit_retention_changed',
    details: { current: { payloadMonths: 12, revision: 2 } },
  })
  expect((await top.refused(saveRetention, { body: { payloadMonths: 5, revision: 2 } })).status).toBe(400)
})

test('a night without anything old leaves no line', async () => {
  await night()
  expect(await erasures()).toEqual([])
  const written = server.db.selectFrom('auditLog').where('verb', '=', 'audit_payloads.erasure_requested')
  expect(await written.select('id').execute()).toEqual([])
})

test('a night asks for what is older than the setting, as the system, and once', async () => {
  const at = new Date(Date.now() - 400 * 86_400_000)
  await tellPast(centralDb(behind), server.vault, [
    {
      id: uuidv7(at.getTime()),
      at,
      actor: { type: 'system', id: 'system' },
      verb: 'client.updated',
      object: { type: 'client', id: uuidv7() },
      result: 'done',
      after: { phone: null },
    },
  ])
  const { before, payloads } = await top.call(previewRetention, { query: { payloadMonths: 12 } })
  expect(payloads).toBe(1)
  await night()
  await night()
  expect(await erasures()).toEqual([
    expect.objectContaining({
      kind: 'age',
      before,
      requestedBy: null,
      reason: 'Durée de conservation de 12 mois atteinte',
      state: 'waiting',
    }),
  ])
})

test('months end at midnight in Paris, and none is shorter than what may be erased by age', () => {
  const spring = new Date('2026-03-31T01:20:00Z')
  expect(keptSince(spring, 6)).toEqual(new Date('2025-09-29T22:00:00Z'))
  expect(keptSince(spring, 12)).toEqual(new Date('2025-03-30T22:00:00Z'))
  expect(latestByAge(spring).getTime()).toBeGreaterThanOrEqual(keptSince(spring, 6).getTime())
})
