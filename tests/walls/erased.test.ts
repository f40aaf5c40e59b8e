/** Somebody whose data were erased: what is left holds the accounts together, and nobody writes about them anew. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { updateAppointment } from '#contract/agenda'
import { addTask, logCall, updateCall } from '#contract/calls'
import { addExtraFee, issueFeeNote, recordPayment, refundPayment } from '#contract/fees'
import { saveNote } from '#contract/notes'
import { addRelative, erasePatient } from '#contract/patients'
import { sendMessage } from '#contract/reminders'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { sql } from '#platform/server/db.ts'
import { aPatient, heldAppointment, withMentions } from '../harness/fees.ts'
import type { AnyInput } from '../harness/browserless.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../harness/tenants.ts'

const server = await tenancyServer()
let moreau: TestPractice
let claire: TestMember
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  await withMentions(server, moreau)
}, 60_000)

const day = '2026-01-05'
const paying = (patientId: string, cents: number) => ({
  body: {
    requestId: randomUUID(),
    patientId,
    cents,
    method: 'card' as const,
    receivedOn: day,
    reference: 'Nora',
  },
})

/** Nora Petit, who came once, paid a part, and called. */
async function nora() {
  const id = await aPatient(server, moreau, 'Nora Petit')
  await server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
    sql`update patients set phone = '+33612345678' where id = ${id}`.execute(db),
  )
  const appointmentId = await heldAppointment(server, moreau, { patientId: id })
  const payment = await claire.call(recordPayment, paying(id, 1_000))
  const call = await claire.call(logCall, { body: { patientId: id, subject: 'other' } })
  return { id, appointmentId, payment, call }
}
type Nora = Awaited<ReturnType<typeof nora>>

/** All that could be written about her, with what refuses it. */
const writing: [string, AnyEndpoint, (nora: Nora) => AnyInput][] = [
  ['a payment', recordPayment, ({ id }) => paying(id, 2_000)],
  [
    'a fee note',
    issueFeeNote,
    ({ id, appointmentId }) => ({
      body: { patientId: id, items: [{ kind: 'appointment', id: appointmentId }], totalCents: 6_000 },
    }),
  ],
  [
    'another fee',
    addExtraFee,
    ({ id }) => ({ body: { patientId: id, doneOn: day, label: 'Attestation pour Nora', cents: 500 } }),
  ],
  [
    'a call',
    logCall,
    ({ id }) => ({ body: { patientId: id, subject: 'other', message: 'Nora rappellera' } }),
  ],
  [
    'a word more on a call',
    updateCall,
    ({ call }) => ({
      params: { id: call.id },
      body: { revision: call.revision, message: 'Nora rappellera' },
    }),
  ],
  ['a task', addTask, ({ id }) => ({ body: { patientId: id, title: 'Rappeler Nora' } })],
  [
    'a remark',
    updateAppointment,
    ({ appointmentId }) => ({
      params: { id: appointmentId },
      body: { revision: 1, remark: 'Nora vient à pied' },
    }),
  ],
  [
    'a note',
    saveNote,
    ({ id }) => ({
      params: { id: randomUUID() },
      body: { ...noted, patientId: id, appointmentId: null, heldOn: day },
    }),
  ],
  [
    'a note of her session',
    saveNote,
    ({ appointmentId }) => ({
      params: { id: randomUUID() },
      body: { ...noted, patientId: null, appointmentId, heldOn: null },
    }),
  ],
  ['a message', sendMessage, ({ id }) => ({ body: { channel: 'sms', patientId: id, body: 'Bonjour Nora' } })],
  [
    'a relative',
    addRelative,
    ({ id }) => ({ params: { id }, body: { role: 'other', firstName: 'Rose', lastName: 'Petit' } }),
  ],
]
const noted = { revision: 0, kind: 'record' as const, title: 'Nora', body: 'Nora va mieux.' }

describe('of somebody who was erased', () => {
  let erased: Nora
  beforeAll(async () => {
    erased = await nora()
    await claire.call(erasePatient, {
      params: { id: erased.id },
      body: { typedName: 'Nora Petit', requestId: null },
    })
  })

  test.each(writing)('%s is refused', async (_, endpoint, input) => {
    const { status } = await claire.refused(endpoint, input(erased))
    expect([400, 409, 410]).toContain(status)
  })

  test('what was paid too much still goes back', async () => {
    const body = { requestId: randomUUID(), cents: 1_000, method: 'cash' as const }
    expect(await claire.call(refundPayment, { params: { id: erased.payment.id }, body })).toMatchObject({
      cents: -1_000,
    })
  })
})

describe('while somebody is being erased', () => {
  test.each(writing)('%s waits, and is refused', async (_, endpoint, input) => {
    const one = await nora()
    let answered = false
    const { asked } = await server.tenants.databases.within(moreau.tenantId, 'practitioner', async (db) => {
      await sql`select from patients where id = ${one.id} for update`.execute(db)
      const asked = claire.refused(endpoint, input(one)).finally(() => (answered = true))
      // It is at the door when somebody waits for the lock.
      await expect
        .poll(async () => {
          const { rows } = await sql<{ waits: boolean }>`select exists (
            select from pg_locks where not granted and locktype in ('transactionid', 'tuple')
              and pid <> pg_backend_pid()) as waits`.execute(db)
          return answered || rows[0]?.waits
        })
        .toBe(true)
      expect(answered).toBe(false)
      await sql`update patients set erased_at = now() where id = ${one.id}`.execute(db)
      return { asked }
    })
    expect([400, 409, 410]).toContain((await asked).status)
  })
})
