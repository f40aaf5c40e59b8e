import { expect, test } from 'vitest'
import { loopback } from '../../../../tests/harness/loopback.ts'
import { objectStore } from '../../../../tests/harness/object-store.ts'
import { signedLog } from '../../../../tests/harness/signed-log.ts'
import { openAsking } from './asking.ts'
import { readPlaces, type Place } from './places.ts'
import { s3Witness } from './s3.ts'

const at = new Date('2026-11-22T08:30:00Z')
const clock = { now: () => at }
const bucket = { bucket: 'journal', accessKey: 'KEY', secretKey: 'top/secret@words', region: 'eu-west-3' }

async function scene({ secret = bucket.secretKey, region = bucket.region } = {}) {
  const store = objectStore(bucket)
  const { host } = new URL(await loopback(store.answer))
  const text = `s3://KEY:${encodeURIComponent(secret)}@${host}/journal/mgp?region=${region}&days=30&insecure=1`
  const [place] = readPlaces([text]) as [Extract<Place, { kind: 's3' }>]
  return { store, host, place, witness: s3Witness(place, clock, openAsking()) }
}

test('a checkpoint is put there for so many days, signed, and locked even for its owner', async () => {
  const { store, host, witness } = await scene()
  const head = signedLog().grow(12)
  expect(await witness.hand(head, 0)).toEqual({ keptAt: `s3://${host}/journal/mgp/12.checkpoint` })
  expect([...store.objects]).toEqual([
    [
      '/journal/mgp/12.checkpoint',
      {
        body: head.note,
        mode: 'COMPLIANCE',
        until: new Date('2026-12-22T08:30:00Z'),
        type: 'text/plain; charset=utf-8',
      },
    ],
  ])
})

test('one that is there already is left as it is, and compared', async () => {
  const { store, witness } = await scene()
  const log = signedLog()
  const head = log.grow(12)
  await witness.hand(head, 0)
  expect(await witness.hand(head, 0)).toHaveProperty('keptAt')
  const rewritten = signedLog(log.signer).grow(12, 'another entry')
  await expect(witness.hand(rewritten, 0)).rejects.toMatchObject({
    code: 'contradiction',
    detail: '12.checkpoint is there and says something else than our log',
  })
  expect([...store.objects.values()][0]?.body).toBe(head.note)
})

test('a refusal is told by its code, without anything else the store said', async () => {
  const { witness } = await scene({ secret: 'wrong' })
  const handing = witness.hand(signedLog().grow(1), 0)
  await expect(handing).rejects.toMatchObject({
    code: 'refused',
    detail: 'HTTP 403 SignatureDoesNotMatch',
    message: 'refused: HTTP 403 SignatureDoesNotMatch',
  })
  const elsewhere = await scene({ region: 'us-east-1' })
  await expect(elsewhere.witness.hand(signedLog().grow(1), 0)).rejects.toMatchObject({ code: 'refused' })
})

test('a store that stumbles is asked again later', async () => {
  const { place } = await scene()
  const address = `${await loopback(() => ({ status: 503, body: '<Error><Code>SlowDown</Code></Error>' }))}/`
  await expect(
    s3Witness({ ...place, address }, clock, openAsking()).hand(signedLog().grow(1), 0),
  ).rejects.toMatchObject({
    code: 'failed',
    detail: 'HTTP 503 SlowDown',
  })
})
