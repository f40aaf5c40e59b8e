import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addExtraFee,
  exportPayments,
  getPatientAccount,
  listDues,
  listPayments,
  recordPayment,
  refundPayment,
  removeExtraFee,
  undoPayment,
} from '#contract/fees'
import { sql } from '#platform/server/db.ts'
import { aPatient, heldAppointment } from '../../../../tests/harness/fees.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { sharedOut, takenBack } from './sharing-out.ts'

const server = await tenancyServer()
let moreau: TestPractice
let claire: TestMember
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
}, 60_000)

const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()
const payment = (patientId: string, cents: number, more = {}) => ({
  body: { requestId: randomUUID(), patientId, cents, method: 'card' as const, receivedOn: today(), ...more },
})
const emma = (name?: string) => aPatient(server, moreau, name)
const held = (patientId: string, cents?: number, more = {}) =>
  heldAppointment(server, moreau, { patientId, ...(cents !== undefined && { cents }), ...more })
const owedBy = async (patient: string) => (await claire.call(listDues, { query: { patient } })).sums.leftCents

/** What the database itself holds: of each due no more than it costs, of each payment no less than nothing. */
async function accountsAreSound(patientId: string) {
  const db = await server.tenants.databases.reading(moreau.tenantId, 'practitioner')
  const dues = await db.selectFrom('dues').where('patientId', '=', patientId).selectAll().execute()
  for (const { dueCents, paidCents } of dues) {
    expect(paidCents ?? 0).toBeLessThanOrEqual(dueCents ?? 0)
    expect(paidCents ?? 0).toBeGreaterThanOrEqual(0)
  }
  const payments = await db.selectFrom('payments').where('patientId', '=', patientId).selectAll().execute()
  const allocations = await db.selectFrom('paymentAllocations').selectAll().execute()
  for (const { id, cents } of payments) {
    const parts = allocations.filter(({ paymentId }) => paymentId === id)
    expect(parts.reduce((sum, part) => sum + part.cents, 0)).toBe(cents)
  }
  const paid = dues.reduce((sum, { paidCents }) => sum + (paidCents ?? 0), 0)
  expect(payments.reduce((sum, { cents }) => sum + cents, 0)).toBe(paid)
}

test('a name that is given to two refunds at one moment is one of them’s, and a sentence for the other', async () => {
  const requestId = randomUUID()
  const two = await Promise.all(
    ['Anna Roux', 'Lina Roux'].map(async (name) => {
      const patientId = await emma(name)
      await held(patientId)
      return claire.call(recordPayment, payment(patientId, 6000))
    }),
  )
  const body = { requestId, cents: 1000, method: 'cash' as const }
  const answers = await Promise.allSettled(
    two.map(({ id }) => claire.call(refundPayment, { params: { id }, body })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { message: expect.stringContaining('payment_request_reused') },
  })
})

describe('what is to be collected', () => {
  test('is what is over and not paid, the oldest first, with how late it is; what is to come stands apart', async () => {
    const patientId = await emma('Louise Marchand')
    await held(patientId, 6000, { daysAgo: 40 })
    await held(patientId, 4500, { daysAgo: 2, status: 'no_show' })
    await held(patientId, 7000, { daysAgo: -30 })
    const { rows, sums, total } = await claire.call(listDues, { query: { patient: patientId } })
    expect(rows.map(({ dueCents, status }) => [dueCents, status])).toEqual([
      [6000, 'kept'],
      [4500, 'no_show'],
    ])
    expect(rows[0]?.daysLate).toBeGreaterThanOrEqual(40)
    expect({ total, sums }).toEqual({
      total: 2,
      sums: { dueCents: 10_500, paidCents: 0, leftCents: 10_500, patients: 1 },
    })
    // Paid too much of one, as accounts of another program may say: that leaves no less to pay of the others.
    const overpaid = await held(patientId, 5000, { daysAgo: 90 })
    const dues = [{ kind: 'appointment' as const, id: overpaid }]
    await claire.call(recordPayment, payment(patientId, 5000, { dues }))
    await server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
      db
        .updateTable('appointments')
        .set({ feeCents: 2000, dueCents: 2000 })
        .where('id', '=', overpaid)
        .execute(),
    )
    const any = await claire.call(listDues, { query: { patient: patientId, state: 'any' } })
    expect(any.sums).toMatchObject({ dueCents: 19_500, paidCents: 5000, leftCents: 17_500 })
    const planned = await claire.call(listDues, { query: { patient: patientId, state: 'planned' } })
    expect(planned.sums.leftCents).toBe(7000)
  })

  test('is filtered by days of the practice, and read page by page without a line lost or told twice', async () => {
    const patientId = await emma()
    for (let day = 1; day <= 5; day++) await held(patientId, day * 100, { daysAgo: 100 + day })
    const query = { patient: patientId, limit: 2 }
    const seen: number[] = []
    for (let after: string | undefined; ;) {
      const page = await claire.call(listDues, { query: { ...query, ...(after && { after }) } })
      expect(page).toMatchObject({ total: 5, sums: { leftCents: 1500 } })
      seen.push(...page.rows.map(({ dueCents }) => dueCents))
      if (!page.next) break
      after = page.next
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual([100, 200, 300, 400, 500])
    const [oldest] = (await claire.call(listDues, { query })).rows
    const on = oldest?.on ?? ''
    const thatDay = await claire.call(listDues, { query: { ...query, from: on, to: on } })
    expect(thatDay.rows.map(({ id }) => id)).toEqual([oldest?.id])
  })
})

describe('a payment', () => {
  test('pays the oldest first, and leaves the rest owed', async () => {
    const patientId = await emma()
    const younger = await held(patientId, 6000, { daysAgo: 2 })
    const older = await held(patientId, 5000, { daysAgo: 30 })
    const paid = await claire.call(recordPayment, payment(patientId, 8000))
    expect(paid.allocations.map(({ id, cents }) => [id, cents])).toEqual([
      [older, 5000],
      [younger, 3000],
    ])
    expect(await owedBy(patientId)).toBe(3000)
    await accountsAreSound(patientId)
  })

  test('pays what was chosen, in the order in which it was chosen', async () => {
    const patientId = await emma()
    const older = await held(patientId, 5000, { daysAgo: 30 })
    const younger = await held(patientId, 6000, { daysAgo: 2 })
    const dues = [younger, older].map((id) => ({ kind: 'appointment' as const, id }))
    const paid = await claire.call(recordPayment, payment(patientId, 7000, { dues }))
    const cents = (id: string) => paid.allocations.find((part) => part.id === id)?.cents
    expect([cents(younger), cents(older)]).toEqual([6000, 1000])
  })

  test('sent twice, or at the same time, is written down once', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const input = payment(patientId, 2000)
    const first = await claire.call(recordPayment, input)
    const again = await Promise.all([1, 2, 3].map(() => claire.call(recordPayment, input)))
    for (const answer of again) expect(answer.id).toBe(first.id)
    expect(await owedBy(patientId)).toBe(4000)
    const other = { body: { ...input.body, cents: 100 } }
    expect(await claire.refused(recordPayment, other)).toMatchObject({ code: 'payment_request_reused' })
  })

  test('of what is paid already is refused, and says by whom and when', async () => {
    const patientId = await emma()
    const id = await held(patientId, 6000)
    const dues = [{ kind: 'appointment' as const, id }]
    await claire.call(recordPayment, payment(patientId, 6000, { dues }))
    const refusal = await claire.refused(recordPayment, payment(patientId, 6000, { dues }))
    expect(refusal).toMatchObject({ status: 409, code: 'already_paid', details: { by: 'Claire Moreau' } })
    expect(refusal.message).toMatch(/^Déjà réglé\s: Claire Moreau l’a enregistré le \d{2}\/\d{2}\/\d{4}/)
  })

  test('by two people at once has one winner', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => claire.ask(recordPayment, payment(patientId, 6000))),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
    await accountsAreSound(patientId)
  })

  test('is no more than what is left, and not of tomorrow', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const refusal = await claire.refused(recordPayment, payment(patientId, 6001))
    expect(refusal).toMatchObject({ code: 'payment_exceeds_dues', details: { leftCents: 6000 } })
    expect(refusal.message).toContain('60,00')
    const tomorrow = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 2 }).toString()
    const early = await claire.refused(recordPayment, payment(patientId, 100, { receivedOn: tomorrow }))
    expect(early.fields).toMatchObject([{ path: 'receivedOn', code: 'date_in_future' }])
  })

  test('is of one patient’s dues alone', async () => {
    const [patientId, other] = [await emma(), await emma('Noé Blanc')]
    const id = await held(other, 6000)
    await held(patientId, 6000)
    const foreign = payment(patientId, 100, { dues: [{ kind: 'appointment' as const, id }] })
    expect((await claire.refused(recordPayment, foreign)).fields).toMatchObject([{ code: 'due_unknown' }])
  })

  test('names each due once, and as what it is', async () => {
    const patientId = await emma()
    const due = { kind: 'appointment' as const, id: await held(patientId, 6000) }
    const twice = await claire.refused(recordPayment, payment(patientId, 100, { dues: [due, due] }))
    expect(twice).toMatchObject({ status: 400, fields: [{ path: 'dues', code: 'due_named_twice' }] })
    const asExtra = payment(patientId, 100, { dues: [{ ...due, kind: 'extra' as const }] })
    expect((await claire.refused(recordPayment, asExtra)).code).toBe('payment_exceeds_dues')
    const both = payment(patientId, 100, { dues: [due, { ...due, kind: 'extra' as const }] })
    expect((await claire.call(recordPayment, both)).allocations).toMatchObject([{ ...due, cents: 100 }])
  })

  test('leaves ids, amounts and days in the central log, and nobody’s name', async () => {
    const patientId = await emma('Wilhelmine Canari')
    await held(patientId, 6000)
    await claire.call(recordPayment, payment(patientId, 6000, { reference: 'Chèque Canari' }))
    const lines = await entriesOf(server, { verb: 'payment.recorded' })
    expect(lines.at(-1)).toMatchObject({ result: 'done', after: { cents: 6000, method: 'card' } })
    expect(JSON.stringify(lines)).not.toContain('Canari')
  })
})

describe('what goes back', () => {
  test('is a row below zero of today, never more than came in', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const paid = await claire.call(recordPayment, payment(patientId, 6000))
    const refund = (cents: number, requestId = randomUUID()) => ({
      params: { id: paid.id },
      body: { requestId, cents, method: 'transfer' as const },
    })
    const input = refund(2000)
    const back = await claire.call(refundPayment, input)
    expect(back).toMatchObject({ cents: -2000, state: 'refund', refundOf: paid.id, receivedOn: today() })
    expect((await claire.call(refundPayment, input)).id).toBe(back.id)
    expect(await owedBy(patientId)).toBe(2000)
    expect(await claire.refused(refundPayment, refund(4001))).toMatchObject({
      code: 'refund_exceeds_payment',
      details: { leftCents: 4000 },
    })
    const twice = { params: { id: back.id }, body: refund(100).body }
    expect(await claire.refused(refundPayment, twice)).toMatchObject({ code: 'refund_of_refund' })
    await accountsAreSound(patientId)
  })

  test('of an appointment that was cancelled after it was paid is what goes back first', async () => {
    const patientId = await emma()
    const kept = await held(patientId, 6000, { daysAgo: 3 })
    const cancelled = await held(patientId, 6000, { daysAgo: 30 })
    const paid = await claire.call(recordPayment, payment(patientId, 12_000))
    await server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
      db
        .updateTable('appointments')
        .set({ status: 'cancelled', dueCents: 0 })
        .where('id', '=', cancelled)
        .execute(),
    )
    const account = { params: { id: patientId } }
    expect(await claire.call(getPatientAccount, account)).toMatchObject({ owedCents: 0, overpaidCents: 6000 })
    const body = { requestId: randomUUID(), cents: 6000, method: 'transfer' as const }
    const back = await claire.call(refundPayment, { params: { id: paid.id }, body })
    expect(back.allocations).toMatchObject([{ id: cancelled, cents: -6000 }])
    expect(await claire.call(getPatientAccount, account)).toMatchObject({ owedCents: 0, overpaidCents: 0 })
    expect(
      (await claire.call(listDues, { query: { patient: patientId, state: 'paid' } })).rows,
    ).toMatchObject([{ id: kept }])
  })

  test('by mistake is undone on the same day: both rows stay, and what was owed is owed again', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const yesterday = Temporal.Now.plainDateISO('Europe/Paris').subtract({ days: 1 }).toString()
    const paid = await claire.call(recordPayment, payment(patientId, 6000, { receivedOn: yesterday }))
    expect(paid).toMatchObject({ state: 'received', canUndo: true })
    const undone = await claire.call(undoPayment, { params: { id: paid.id } })
    expect(undone).toMatchObject({ state: 'undone', canUndo: false, refundedCents: 6000 })
    expect(await claire.call(undoPayment, { params: { id: paid.id } })).toMatchObject({ state: 'undone' })
    const { rows, sums } = await claire.call(listPayments, { query: { patient: patientId } })
    expect(rows.map(({ cents, receivedOn, state }) => [cents, receivedOn, state])).toEqual([
      [-6000, yesterday, 'undone'],
      [6000, yesterday, 'undone'],
    ])
    expect(sums.totalCents).toBe(0)
    expect(await owedBy(patientId)).toBe(6000)
    await accountsAreSound(patientId)
  })

  test('cannot be undone on a later day', async () => {
    const patientId = await emma()
    await held(patientId, 6000)
    const paid = await claire.call(recordPayment, payment(patientId, 6000))
    await server.tenants.databases.within(moreau.tenantId, 'owner', (db) =>
      db
        .updateTable('payments')
        .set({ recordedAt: new Date(Date.now() - 3 * 86_400_000) })
        .where('id', '=', paid.id)
        .execute(),
    )
    const refusal = await claire.refused(undoPayment, { params: { id: paid.id } })
    expect(refusal).toMatchObject({ code: 'payment_undo_too_late' })
  })

  test('no row is ever changed or deleted, by whoever speaks SQL as the practice’s people', async () => {
    for (const role of ['practitioner', 'secretary'] as const) {
      const removed = server.tenants.databases.within(moreau.tenantId, role, (db) =>
        db.deleteFrom('payments').execute(),
      )
      await expect(removed).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('random people paying and giving back at once', () => {
  test('never leave more paid than owed, nor a cent unaccounted for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 3 }),
        fc.array(
          fc.record({ cents: fc.integer({ min: 1, max: 150 }), back: fc.integer({ min: 0, max: 100 }) }),
          { minLength: 2, maxLength: 4 },
        ),
        async (costs, payments) => {
          const patientId = await emma()
          for (const cents of costs) await held(patientId, cents)
          await Promise.all(
            payments.map(async ({ cents, back }) => {
              const reply = await claire.ask(recordPayment, payment(patientId, cents))
              expect([201, 409, 422]).toContain(reply.status)
              if (reply.status !== 201 || back === 0) return
              const { id } = JSON.parse(reply.text) as { id: string }
              const refund = { requestId: randomUUID(), cents: back, method: 'cash' as const }
              await claire.ask(refundPayment, { params: { id }, body: refund })
            }),
          )
          await accountsAreSound(patientId)
        },
      ),
      { numRuns: 6 },
    )
  })

  const lines = fc.array(
    fc.record({
      leftCents: fc.integer({ min: 0, max: 500 }),
      overCents: fc.integer({ min: -200, max: 500 }),
    }),
    { maxLength: 6 },
  )
  const named = (some: readonly { leftCents: number; overCents: number }[]) =>
    some.map((line) => ({ ...line, kind: 'extra' as const, id: randomUUID() }))
  const sum = (parts: readonly { cents: number }[]) => parts.reduce((all, { cents }) => all + cents, 0)

  test('every amount is shared out whole, and no line takes more than is left of it', () => {
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, share) => {
        const all = named(drawn)
        const cents = Math.floor(share * all.reduce((most, { leftCents }) => most + leftCents, 0))
        for (const parts of [sharedOut(cents, all), takenBack(cents, all)]) {
          expect(Math.abs(sum(parts))).toBe(cents)
          for (const { id, cents: part } of parts)
            expect(Math.abs(part)).toBeLessThanOrEqual(all.find((line) => line.id === id)?.leftCents ?? 0)
        }
      }),
    )
  })
})

describe('fees beside appointments', () => {
  test('are owed, paid, and stay once something was paid of them', async () => {
    const patientId = await emma()
    const fee = { patientId, doneOn: today(), label: 'Compte rendu écrit', cents: 4000 }
    const { id } = await claire.call(addExtraFee, { body: fee })
    expect((await claire.call(listDues, { query: { patient: patientId } })).rows).toMatchObject([
      { kind: 'extra', id, label: 'Compte rendu écrit', leftCents: 4000, daysLate: 0 },
    ])
    await claire.call(recordPayment, payment(patientId, 1000))
    expect(await claire.refused(removeExtraFee, { params: { id } })).toMatchObject({
      code: 'extra_fee_in_use',
    })
    const mistaken = await claire.call(addExtraFee, { body: { ...fee, cents: 1 } })
    await claire.ask(removeExtraFee, { params: mistaken })
    expect(await owedBy(patientId)).toBe(3000)
  })

  test('are asked of nobody who is in the trash or erased, and for nobody who left', async () => {
    const said = { doneOn: today(), label: 'Attestation', cents: 2000 }
    const within = server.tenants.databases.within
    for (const gone of ['trashedAt', 'erasedAt'] as const) {
      const patientId = await emma()
      await within(moreau.tenantId, 'practitioner', (db) =>
        db
          .updateTable('patients')
          .set({ [gone]: new Date() })
          .where('id', '=', patientId)
          .execute(),
      )
      expect((await claire.refused(addExtraFee, { body: { ...said, patientId } })).fields).toMatchObject([
        { path: 'patientId', code: 'patient_unknown' },
      ])
    }
    const { memberId } = await moreau.join({
      firstName: 'Hugo',
      lastName: 'Lefèvre',
      profile: 'practitioner',
    })
    const patientId = await emma()
    const his = { ...said, patientId, practitionerId: memberId }
    await claire.call(addExtraFee, { body: his })
    await within(moreau.tenantId, 'practitioner', async (db) => {
      await db.updateTable('patients').set({ practitionerId: memberId }).where('id', '=', patientId).execute()
    })
    await within(moreau.tenantId, 'keeper', (db) =>
      db.updateTable('profiles').set({ leftAt: new Date() }).where('memberId', '=', memberId).execute(),
    )
    expect((await claire.refused(addExtraFee, { body: his })).fields).toMatchObject([
      { path: 'practitionerId', code: 'practitioner_unknown' },
    ])
    // Unless told whose: of whoever writes it down, where who followed the patient is gone.
    await claire.call(addExtraFee, { body: { ...said, patientId } })
    const { rows } = await claire.call(listDues, {
      query: { patient: patientId, practitioner: claire.memberId },
    })
    expect(rows).toMatchObject([{ label: 'Attestation' }])
  })
})

describe('the list of payments', () => {
  test('adds up by method, filtered by day and method, and is exported as it is shown', async () => {
    const patientId = await emma('Anaïs =Formule')
    await held(patientId, 10_000)
    await claire.call(recordPayment, payment(patientId, 3050))
    await claire.call(recordPayment, payment(patientId, 2000, { method: 'cash', reference: '=1+1' }))
    const query = { patient: patientId, from: today(), to: today() }
    expect((await claire.call(listPayments, { query })).sums).toEqual({
      totalCents: 5050,
      methods: [
        { method: 'card', cents: 3050 },
        { method: 'cash', cents: 2000 },
      ],
    })
    const cash = await claire.call(listPayments, { query: { ...query, method: 'cash' } })
    expect(cash).toMatchObject({ total: 1, sums: { totalCents: 2000 } })
    const csv = (await claire.ask(exportPayments, { query })).text
    expect(csv).toContain('Date;Patient;Praticien;Montant;Moyen;Référence;État;Pour;Enregistré par')
    expect(csv).toContain(';30,50;Carte;')
    expect(csv).toContain(";'=1+1;")
    const [looked] = (await entriesOf(server, { verb: 'payment.listed' })).slice(-1)
    expect(looked).toMatchObject({ objectType: 'payment' })
  })

  test('leave as a file however many they are, each once and in their order', async () => {
    const patient = await emma('Ida Morel')
    await server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
      sql`insert into payments (patient_id, practitioner_id, received_on, cents, method, request_id, recorded_at)
        select ${patient}, ${claire.memberId}, date '2020-01-01' + n / 3, 1000 + n, 'card', uuidv7(),
          timestamptz '2020-01-01' + n / 7 * interval '1 day'
        from generate_series(0, 1199) n`.execute(db),
    )
    const csv = (await claire.ask(exportPayments, { query: { patient } })).text
    const amounts = csv
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(';')[3])
    expect(amounts).toHaveLength(1200)
    expect(new Set(amounts).size).toBe(1200)
    const days = csv
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(';')[0] ?? '')
    expect(days).toEqual(days.toSorted().toReversed())
    const looks = await entriesOf(server, { verb: 'payment.listed' })
    expect(looks.map(({ leaf }) => leaf.match(/"count":(\d+)/)?.[1])).toContain('1200')
  })
})

describe('a secretary', () => {
  test('sees and records fees when she was granted them, and not otherwise', async () => {
    const lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
    expect(await lea.refused(listDues, { query: {} })).toMatchObject({ status: 403 })
    await server.db
      .updateTable('members')
      .set({ rights: ['agenda', 'patients', 'fees'] })
      .where('id', '=', lea.memberId)
      .execute()
    const granted = await server.asMember(lea.memberId)
    const patientId = await emma()
    await held(patientId, 6000)
    const paid = await granted.call(recordPayment, payment(patientId, 6000))
    expect(paid.recordedBy).toBe('Léa Fabre')
  })
})
