import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { listInvoices } from '#contract/billing'
import { askImpersonation } from '#contract/impersonation'
import { getTicket, listLinkedTickets, setTicketLink, updateTicket } from '#contract/support'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { ask, freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { partnerSignedIn } from '../../../../tests/harness/partner.ts'
import { asked, called } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'

const server = await tenancyServer()
let karim: TestStaff
let claire: TestStaff
let practice: TestPractice
let invoiceId: string
beforeAll(async () => {
  karim = await freshStaff(server, 'support')
  claire = await freshStaff(server, 'administrator')
  practice = await server.openPractice('Odile Perrin')
  const stories = await tellStories(server.pool)
  await stories.subscribe(practice.clientId, { from: '2026-01-01' })
  invoiceId = await stories.invoice(practice.clientId, { on: '2026-02-01' })
}, 90_000)

type Kind = 'invoice' | 'impersonation' | 'ticket'
const tie = (as: TestStaff, id: string, kind: Kind, targetId: string, linked = true) =>
  as.call(setTicketLink, { params: { id, kind, targetId }, body: { linked } })
const linksOf = async (id: string) =>
  (await claire.call(getTicket, { params: { id } })).links.map(({ kind, id: target }) => [kind, target])
const eventsOf = async (id: string) =>
  (await claire.call(getTicket, { params: { id } })).events.map(({ kind }) => kind)

const toldIn = async (as: Browserless, id: string) =>
  (await as.call(getTicket, { params: { id } })).events.at(-1)!.data['to']

describe('a ticket is tied', () => {
  test('to an invoice, once however often it is said; both lead to each other until it is untied', async () => {
    const { id, number } = await called(claire)
    await tie(claire, id, 'invoice', invoiceId)
    const { links } = await tie(claire, id, 'invoice', invoiceId)
    const { rows } = await claire.call(listInvoices, { query: { client: practice.clientId } })
    expect(links).toEqual([{ kind: 'invoice', id: invoiceId, label: rows[0]?.number }])
    const other = { query: { kind: 'invoice', targetId: invoiceId } } as const
    expect((await karim.call(listLinkedTickets, other)).rows).toMatchObject([{ id, number }])
    await tie(claire, id, 'invoice', invoiceId, false)
    expect(await linksOf(id)).toEqual([])
    expect((await karim.call(listLinkedTickets, other)).rows).toEqual([])
    expect(await eventsOf(id)).toEqual(['opened', 'linked', 'unlinked'])
  })

  test('to another ticket, told on both and untied from either', async () => {
    const [one, other] = [await called(karim), await called(karim)]
    await tie(karim, one.id, 'ticket', other.id)
    expect(await linksOf(other.id)).toEqual([['ticket', one.id]])
    // The same from the other side is nothing new.
    await tie(karim, other.id, 'ticket', one.id)
    expect(await linksOf(one.id)).toEqual([['ticket', other.id]])
    await tie(karim, other.id, 'ticket', one.id, false)
    expect([await linksOf(one.id), await linksOf(other.id)]).toEqual([[], []])
    expect(await eventsOf(one.id)).toEqual(['opened', 'linked', 'unlinked'])
    expect(await eventsOf(other.id)).toEqual(['opened', 'linked', 'unlinked'])
  })

  test('without a word of it in the log: a subject is looked up when it is shown, and gone once it is forgotten', async () => {
    const [one, other] = [await called(karim), await called(karim, { subject: 'Chute de Mme Roux' })]
    await tie(karim, one.id, 'ticket', other.id)
    const stored = async () =>
      JSON.stringify(
        await server.db.selectFrom('ticketEvents').select('data').where('ticketId', '=', one.id).execute(),
      )
    expect(await stored()).not.toContain('Roux')
    expect(await toldIn(karim, one.id)).toBe(`#${other.number} Chute de Mme Roux`)
    const { revision } = await karim.call(getTicket, { params: { id: other.id } })
    const body = { revision, subject: 'Autre objet' }
    await karim.call(updateTicket, { params: { id: other.id }, body })
    expect(await toldIn(karim, one.id)).toBe(`#${other.number} Autre objet`)
    // What the database does to a ticket that is forgotten, and our own login may not.
    const behind = new pg.Client(server.database.adminUrl)
    await behind.connect()
    await behind.query("update tickets set subject = '—', forgotten_at = now() where id = $1", [other.id])
    await behind.end()
    expect(await toldIn(karim, one.id)).toBe(`#${other.number}`)
  })

  test('by name to whoever may see what it is tied to: to anybody else it is an invoice, or a session', async () => {
    const { id } = await called(claire)
    const impersonationId = (await ask(claire, practice.holder)).id
    await tie(claire, id, 'invoice', invoiceId)
    await tie(claire, id, 'impersonation', impersonationId)
    const { browser: nora } = await partnerSignedIn(server, { permissions: ['tickets.read'], limits: [] })
    const number = (await claire.call(listInvoices, { query: { client: practice.clientId } })).rows[0]!
      .number!
    const seenBy = async (as: Browserless) => JSON.stringify(await as.call(getTicket, { params: { id } }))
    expect(await seenBy(claire)).toContain(number)
    expect(await seenBy(nora)).not.toContain(number)
    const { links, events } = await nora.call(getTicket, { params: { id } })
    expect(links.map(({ label }) => label)).toEqual(['', ''])
    expect(events.slice(1).map(({ data }) => data)).toEqual([
      { link: 'invoice', to: '' },
      { link: 'impersonation', to: '' },
    ])
  })

  test('never to itself, to what is not there, or to what one may not see', async () => {
    const { id } = await called(claire)
    const refused = (as: Browserless, kind: Kind, targetId: string) =>
      as.refused(setTicketLink, { params: { id, kind, targetId }, body: { linked: true } })
    expect((await refused(karim, 'ticket', id)).code).toBe('ticket_linked_to_itself')
    expect((await refused(karim, 'ticket', practice.clientId)).status).toBe(404)
    expect((await refused(claire, 'invoice', id)).status).toBe(404)
    expect((await refused(claire, 'impersonation', id)).status).toBe(404)
    const { browser: nora } = await partnerSignedIn(server, {
      permissions: ['tickets.read', 'tickets.write'],
      limits: [],
    })
    for (const [kind, targetId] of [
      ['invoice', invoiceId],
      ['impersonation', (await ask(claire, practice.holder)).id],
    ] as const)
      expect((await refused(nora, kind, targetId)).status).toBe(404)
    expect(await linksOf(id)).toEqual([])
  })

  test('by two at once from both sides without either waiting for the other', async () => {
    const [one, other] = [await called(karim), await called(karim)]
    await Promise.all([
      tie(karim, one.id, 'ticket', other.id),
      tie(claire, other.id, 'ticket', one.id),
      tie(karim, one.id, 'ticket', other.id),
    ])
    expect(await linksOf(one.id)).toEqual([['ticket', other.id]])
  })
})

describe('whoever stands in for a member because of a ticket', () => {
  const body = (ticketId: string) => ({
    memberId: practice.holder.memberId,
    purpose: 'trouble' as const,
    reason: 'L’agenda ne s’affiche plus',
    ticketId,
  })

  test('ties both, and the ticket’s number is what the practice reads as the reference', async () => {
    const { id, number } = await asked(practice.holder)
    const one = await claire.call(askImpersonation, { body: body(id) })
    expect(one.reference).toBe(`#${number}`)
    expect(await linksOf(id)).toEqual([['impersonation', one.id]])
    const { rows } = await claire.call(listLinkedTickets, {
      query: { kind: 'impersonation', targetId: one.id },
    })
    expect(rows).toMatchObject([{ id, number }])
  })

  test('names no ticket of another practice, nor one that is not there', async () => {
    const { holder } = await server.openPractice('Hugo Lefèvre')
    const { id } = await asked(holder)
    for (const ticketId of [id, practice.clientId]) {
      const { code, fields } = await claire.refused(askImpersonation, { body: body(ticketId) })
      expect([code, fields?.[0]?.code]).toEqual(['input_invalid', 'impersonation_ticket_elsewhere'])
    }
    expect(await linksOf(id)).toEqual([])
  })
})
