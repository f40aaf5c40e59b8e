import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  cancelFeeNote,
  type DueRef,
  getFeeNote,
  issueFeeNote,
  listBillable,
  listFeeNotes,
  previewFeeNote,
  printFeeNote,
  recordPayment,
} from '#contract/fees'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { aPatient, heldAppointment, withMentions, type Held } from '../../../../tests/harness/fees.ts'
import { textOfPdf } from '../../../../tests/harness/pdf-text.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { nextNumber } from './note-queries.ts'
import { printNote } from './printing.ts'

const server = await tenancyServer()
let moreau: TestPractice
let claire: TestMember
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  await withMentions(server, moreau)
}, 60_000)

const year = Number(Temporal.Now.plainDateISO('Europe/Paris').year)
const emma = (name?: string) => aPatient(server, moreau, name)
const appointment = (id: string): DueRef => ({ kind: 'appointment', id })

async function held(patientId: string, ...some: Omit<Held, 'patientId'>[]): Promise<DueRef[]> {
  const refs = []
  for (const one of some) refs.push(appointment(await heldAppointment(server, moreau, { patientId, ...one })))
  return refs
}

async function issued(patientId: string, ...some: Omit<Held, 'patientId'>[]) {
  const items = await held(patientId, ...some)
  const totalCents = some.reduce((sum, { cents = 6000 }) => sum + cents, 0)
  return claire.call(issueFeeNote, { body: { patientId, items, totalCents } })
}

/** Its bytes, as the server sends them. */
async function printed(id: string): Promise<Buffer> {
  const db = await server.tenants.databases.reading(moreau.tenantId, 'practitioner')
  const { content, cancelledAt } = await db
    .selectFrom('feeNotes')
    .where('id', '=', id)
    .select(['content', 'cancelledAt'])
    .executeTakeFirstOrThrow()
  const standing = cancelledAt
    ? ({ state: 'cancelled', on: '2026-11-23' } as const)
    : ({ state: 'issued' } as const)
  const { body } = printNote(content as never, standing, 'pdf') // what was frozen
  return Buffer.isBuffer(body) ? body : buffer(body)
}

describe('a fee note', () => {
  test('says all the law and a health insurance ask for, and no more of anybody’s health than the act', async () => {
    const patientId = await emma('Emma Petit')
    const note = await issued(
      patientId,
      { cents: 6000, daysAgo: 20, act: { name: 'Séance individuelle' } },
      { cents: 5000, daysAgo: 10, act: { name: 'Entretien', monSoutienPsy: true } },
      { cents: 3000, daysAgo: 5, status: 'no_show' },
    )
    expect(note.number).toMatch(new RegExp(`^NH-${year}-\\d{4}$`))
    const text = textOfPdf(await printed(note.id)).replaceAll(/\s+/g, ' ')
    for (const mention of [
      `Note d’honoraires n° ${note.number}`,
      'Claire Moreau',
      'Psychologue',
      'RPPS : 10101010101',
      'SIRET : 123 456 789 00012',
      '12 rue des Tilleuls',
      '54000 Nancy',
      'Emma Petit',
      'Séance individuelle',
      '60,00 €',
      'dont Assurance Maladie (60 %) 30,00 €, complémentaire (40 %) 20,00 €',
      'Consultation (rendez-vous non honoré)',
      '140,00 €',
      'Reste à payer',
      'Exonération de TVA – article 261, 4-1° du CGI',
    ])
      expect(text).toContain(mention)
    expect(text.indexOf('Séance individuelle')).toBeLessThan(text.indexOf('Entretien'))
  })

  test('parts a session of « Mon soutien psy » at its set price, over or still going on, and no other amount', async () => {
    const act = { name: 'Séance', monSoutienPsy: true }
    const parted = async (held: Omit<Held, 'patientId'>) => {
      const note = await issued(await emma(), { act, ...held })
      return textOfPdf(await printed(note.id))
        .replaceAll(/\s+/g, ' ')
        .includes('Assurance Maladie (60 %) 30,00 €, complémentaire (40 %) 20,00 €')
    }
    expect(await parted({ cents: 5000, status: 'kept' })).toBe(true)
    expect(await parted({ cents: 5000, daysAgo: 0, minutes: 600 })).toBe(true)
    expect(await parted({ cents: 5000, status: 'no_show' })).toBe(false)
    const other = await issued(await emma(), { act, cents: 4000, status: 'kept' })
    expect(textOfPdf(await printed(other.id))).not.toContain('Assurance Maladie (60')
  })

  test('is printed from what was frozen, with the same bytes, whatever becomes of the practice and the patient', async () => {
    const patientId = await emma('Marie Curie-Test')
    const note = await issued(patientId, { cents: 6000 })
    const first = await claire.ask(printFeeNote, { params: { id: note.id }, query: {} })
    expect(first.headers['content-type']).toBe('application/pdf')
    await server.tenants.databases.within(moreau.tenantId, 'practitioner', async (db) => {
      await db.updateTable('patients').set({ lastName: 'Mariée' }).where('id', '=', patientId).execute()
      await db.updateTable('practice').set({ phone: '03 83 00 00 00' }).execute()
    })
    const second = await claire.ask(printFeeNote, { params: { id: note.id }, query: {} })
    expect(second.text).toBe(first.text)
    expect(textOfPdf(await printed(note.id))).toContain('Curie-Test')
  })

  test('says what was paid when it was issued, and its list what was paid by now', async () => {
    const patientId = await emma()
    const items = await held(patientId, { cents: 6000 }, { cents: 4000, daysAgo: 3 })
    const today = Temporal.Now.plainDateISO('Europe/Paris').toString()
    const pay = (cents: number) =>
      claire.call(recordPayment, {
        body: { requestId: crypto.randomUUID(), patientId, cents, method: 'cheque', receivedOn: today },
      })
    await pay(2500)
    const note = await claire.call(issueFeeNote, { body: { patientId, items, totalCents: 10_000 } })
    expect(note).toMatchObject({ totalCents: 10_000, paidCents: 2500, leftCents: 7500, state: 'unpaid' })
    const text = textOfPdf(await printed(note.id)).replaceAll(/\s+/g, ' ')
    expect(text).toContain('(chèque) 25,00 €')
    expect(text).toContain('Reste à payer 75,00 €')
    await pay(7500)
    const list = await claire.call(listFeeNotes, { query: { patient: patientId, state: 'paid' } })
    expect(list).toMatchObject({ total: 1, sums: { totalCents: 10_000, paidCents: 10_000, leftCents: 0 } })
  })

  test('prints what people typed as they typed it, in every script, and refuses what it cannot', async () => {
    const typed = '#import "x" *Zoé* $a$ @b'
    const note = await issued(await emma(`李小龍 ${typed}`), { act: { name: '_Séance_ #panic()' } })
    // Where the script changes another font begins, and with it another place.
    const unspaced = (text: string) => text.replaceAll(/\s/g, '')
    const text = unspaced(textOfPdf(await printed(note.id)))
    for (const words of ['李小龍', typed, '_Séance_ #panic()']) expect(text).toContain(unspaced(words))
    const patientId = await emma('Nimal නිමල්')
    const items = await held(patientId, {})
    const refusal = await claire.refused(issueFeeNote, { body: { patientId, items, totalCents: 6000 } })
    expect(refusal).toMatchObject({ code: 'fee_note_unprintable' })
    expect(refusal.message).toContain('න')
  })

  test('leaves its number and amount in the central log, and nobody’s name', async () => {
    const note = await issued(await emma('Wilhelmine Canari'), {})
    await claire.call(getFeeNote, { params: { id: note.id } })
    const lines = [
      ...(await entriesOf(server, { verb: 'fee_note.issued' })),
      ...(await entriesOf(server, { verb: 'fee_note.seen' })),
    ]
    expect(lines).toContainEqual(
      expect.objectContaining({
        result: 'done',
        after: expect.objectContaining({ number: note.number }) as unknown,
      }),
    )
    expect(JSON.stringify(lines)).not.toContain('Canari')
  })
})

describe('what may stand on a note', () => {
  test('is what is over and stands on none; a preview takes no number', async () => {
    const patientId = await emma()
    const [past, future] = await held(patientId, { daysAgo: 4 }, { daysAgo: -4 })
    const billable = await claire.call(listBillable, { query: { patient: patientId } })
    expect(billable).toMatchObject({ rows: [{ id: past?.id }], missing: [] })
    const before = (await claire.call(listFeeNotes, { query: {} })).total
    const preview = await claire.ask(previewFeeNote, {
      query: { patient: patientId, item: `appointment.${past?.id}` },
    })
    expect(preview.status).toBe(200)
    expect((await claire.call(listFeeNotes, { query: {} })).total).toBe(before)
    const refusal = await claire.refused(issueFeeNote, {
      body: { patientId, items: [past, future] as DueRef[], totalCents: 12_000 },
    })
    expect(refusal).toMatchObject({ code: 'not_billable' })
  })

  test('is told by one note at a time; cancelled, the number stays, and the lines are free again', async () => {
    const patientId = await emma()
    const items = await held(patientId, {})
    const body = { patientId, items, totalCents: 6000 }
    const answers = await Promise.all([1, 2, 3].map(() => claire.ask(issueFeeNote, { body })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
    const { rows } = await claire.call(listFeeNotes, { query: { patient: patientId } })
    const [note] = rows
    const params = { id: note?.id ?? '' }
    const cancelled = await claire.call(cancelFeeNote, { params, body: { reason: 'Erreur d’adresse' } })
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      number: note?.number,
      cancelledReason: 'Erreur d’adresse',
    })
    expect(await claire.refused(cancelFeeNote, { params, body: { reason: 'Encore' } })).toMatchObject({
      code: 'fee_note_cancelled',
    })
    expect(textOfPdf(await printed(params.id))).toContain('ANNULÉE le 23')
    const again = await claire.call(issueFeeNote, { body })
    expect(again.number > cancelled.number).toBe(true)
  })

  test('costs what was seen, or is looked at again', async () => {
    const patientId = await emma()
    const items = await held(patientId, { cents: 6000 })
    const refusal = await claire.refused(issueFeeNote, { body: { patientId, items, totalCents: 5000 } })
    expect(refusal).toMatchObject({ code: 'fee_note_changed', details: { totalCents: 6000 } })
  })

  test('waits for the practitioner’s profession, number and address, and says which is missing', async () => {
    const bare = await server.openPractice('Paul Rousseau')
    const patientId = await aPatient(server, bare)
    const items = [appointment(await heldAppointment(server, bare, { patientId }))]
    const body = { patientId, items, totalCents: 6000 }
    const fields = ['profession', 'rpps', 'address', 'postcode', 'city']
    const refusal = await bare.holder.refused(issueFeeNote, { body })
    expect(refusal).toMatchObject({ status: 422, code: 'fee_note_mentions_missing', details: { fields } })
    expect(refusal.message).toContain('la profession du praticien')
    const { missing } = await bare.holder.call(listBillable, { query: { patient: patientId } })
    expect(missing).toEqual([{ practitionerId: bare.holder.memberId, fields }])
    await withMentions(server, bare)
    const first = await bare.holder.call(issueFeeNote, { body })
    // What was refused took no number.
    expect(first.number).toBe(`NH-${year}-0001`)
  })
})

describe('numbers', () => {
  test('follow one another without a gap when twenty are issued at once', async () => {
    const practice = await server.openPractice('Inès Garnier')
    await withMentions(server, practice)
    const bodies = []
    for (let one = 0; one < 20; one++) {
      const patientId = await aPatient(server, practice)
      const items = [appointment(await heldAppointment(server, practice, { patientId }))]
      bodies.push({ patientId, items, totalCents: one % 5 === 0 ? 1 : 6000 })
    }
    // Every fifth is refused after it took a number, and gives it back.
    const answers = await Promise.all(bodies.map((body) => practice.holder.ask(issueFeeNote, { body })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(16)
    const { rows } = await practice.holder.call(listFeeNotes, { query: {} })
    const wanted = Array.from(
      { length: 16 },
      (_, index) => `NH-${year}-${String(16 - index).padStart(4, '0')}`,
    )
    expect(rows.map(({ number }) => number)).toEqual(wanted)
  })

  test('come back from a connection that is killed while it holds one', async () => {
    const practice = await server.openPractice('Hugo Lefèvre')
    const { memberId } = practice.holder
    const dying = server.tenants.databases.within(practice.tenantId, 'practitioner', async (db) => {
      expect(await nextNumber(db, memberId, year)).toBe(1)
      const { sql } = await import('#platform/server/db.ts')
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)
    })
    await expect(dying).rejects.toThrow()
    const next = await server.tenants.databases.within(practice.tenantId, 'practitioner', (db) =>
      nextNumber(db, memberId, year),
    )
    expect(next).toBe(1)
  })

  test('and contents are frozen: whoever speaks SQL cannot change them', async () => {
    const note = await issued(await emma(), {})
    for (const role of ['practitioner', 'secretary', 'owner'] as const) {
      const change = server.tenants.databases.within(moreau.tenantId, role, (db) =>
        db.updateTable('feeNotes').set({ totalCents: 1 }).where('id', '=', note.id).execute(),
      )
      await expect(change).rejects.toThrow(/permission denied|stays as it was written/)
    }
  })
})
