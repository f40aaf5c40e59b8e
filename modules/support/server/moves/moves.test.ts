import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addTicketNote,
  addTicketAttachment,
  answerOwnTicket,
  followTicket,
  getOwnTicket,
  getTicket,
  getTicketDrafts,
  listOwnTickets,
  listSiblingTickets,
  listTicketMessages,
  listTickets,
  mergeTicket,
  moveTicketMessages,
  replyToTicket,
  resolveTicket,
  restoreTicket,
  saveTicketDraft,
  setTicketWaiting,
  snoozeTicket,
  splitTicket,
  takeBackReply,
  tellTicketsApart,
  trashDays,
  trashTicket,
  undoTicketMove,
  updateTicket,
  type Ticket,
} from '#contract/support'
import { openLog } from '#platform/server/log.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo, mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { asked, called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { letLeave } from '../conversation/leaving.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))

const server = await tenancyServer({ clock, env: { ROLE: 'web' } })
const leaving = {
  db: server.db,
  clock,
  log: openLog('silent'),
  mail: mailOf(server, clock),
  vault: server.vault,
  post: noMailbox,
  practiceUrl: new URL('http://app.localhost:3000'),
  backofficeUrl: new URL('http://localhost:3000'),
}
let karim: TestStaff
let lea: TestStaff
let practice: TestPractice
let odile: TestMember
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  lea = await freshStaff(server, 'administrator', monday)
  practice = await server.openPractice('Odile Perrin')
  odile = practice.holder
}, 90_000)
beforeEach(() => (now = monday))

type One = Pick<Ticket, 'id'>
const read = ({ id }: One, as = karim) => as.call(getTicket, { params: { id } })
const said = async ({ id }: One) => (await karim.call(listTicketMessages, { params: { id } })).rows
const words = async (ticket: One) => (await said(ticket)).map(({ body }) => body)
const merge = ({ id }: One, into: One, as = karim) =>
  as.call(mergeTicket, { params: { id }, body: { intoId: into.id } })
const undo = (moveId: string, as = karim) => as.call(undoTicketMove, { params: { moveId } })
const reply = async ({ id }: One, body = 'C’est réparé.', as = karim) => {
  const seenMessageId = (await said({ id })).findLast(({ takenBack }) => !takenBack)?.id ?? null
  return as.call(replyToTicket, { params: { id }, body: { body, seenMessageId } })
}
const replyLeft = async (ticket: One, body?: string) => {
  const message = await reply(ticket, body)
  later(0.25)
  await letLeave(leaving)
  return message
}
const draft = ({ id }: One, body: string, as = karim) =>
  as.call(saveTicketDraft, { params: { id, kind: 'reply' }, body: { body } })
const drafts = ({ id }: One, as = karim) => as.call(getTicketDrafts, { params: { id } })
const due = async (ticket: One) => (await read(ticket)).dueAt
const queued = async (queue: 'open' | 'all' | 'trash', q?: string) =>
  (await karim.call(listTickets, { query: { queue, limit: 100, ...(q && { q }) } })).rows.map(({ id }) => id)

let another = 0
/** Two tickets of one customer, whom no other test knows. */
async function two(apartMinutes = 0) {
  const requesterEmail = `merge.${++another}@example.com`
  const first = await called(karim, {
    requesterEmail,
    subject: 'L’agenda est blanc',
    body: 'Il reste blanc.',
  })
  later(apartMinutes)
  const second = await called(karim, { requesterEmail, subject: 'Encore l’agenda', body: 'Toujours blanc.' })
  return { first, second }
}

describe('a ticket that is put into another', () => {
  test('brings all that was said along, in its order, and says where it came from', async () => {
    const { first, second } = await two(5)
    later(1)
    await karim.call(addTicketNote, { params: { id: first.id }, body: { body: 'Vu avec Nadia.' } })
    later(1)
    const { ticket } = await merge(first, second)
    expect(ticket.id).toBe(second.id)
    expect((await said(second)).map(({ body, kind, movedFrom }) => [body, kind, movedFrom])).toEqual([
      ['Il reste blanc.', 'customer', first.number],
      ['Toujours blanc.', 'customer', null],
      ['Vu avec Nadia.', 'note', first.number],
    ])
    expect(await said(first)).toEqual([])
    expect(await read(first)).toMatchObject({ mergedInto: { id: second.id, number: second.number } })
    expect(await read(second)).toMatchObject({ mergedHere: [{ id: first.id, number: first.number }] })
  })

  test('leaves the queues; by its number and its words the other is found', async () => {
    const { first, second } = await two()
    await merge(first, second)
    expect(await queued('open')).not.toContain(first.id)
    for (const q of [`#${first.number}`, `#${second.number}`])
      expect(await queued('all', q)).toEqual([second.id])
    expect(await queued('all', first.requester.email)).toEqual([second.id])
  })

  test('owes nothing any more: the other owes it from when it was asked', async () => {
    const { first, second } = await two(30)
    const [firstDue, secondDue] = [await due(first), await due(second)]
    expect(secondDue).not.toBe(firstDue)
    await merge(first, second)
    expect([await due(first), await due(second)]).toEqual([null, firstDue])
    expect((await read(first)).targets).toEqual([])
  })

  test('has its number of followers, words and links joined with those of the other', async () => {
    const { first, second } = await two()
    await lea.call(followTicket, { params: { id: first.id }, body: { following: true } })
    for (const [ticket, tags] of [
      [first, ['agenda', 'affichage']],
      [second, ['agenda']],
    ] as const) {
      const { revision } = await read(ticket)
      await karim.call(updateTicket, { params: { id: ticket.id }, body: { revision, tags: [...tags] } })
    }
    const { moveId, ticket } = await merge(first, second)
    expect(ticket.tags).toEqual(['affichage', 'agenda'])
    expect(ticket.followers.map(({ id }) => id)).toContain(lea.staffId)
    await undo(moveId)
    const after = await read(second)
    expect(after.tags).toEqual(['agenda'])
    expect(after.followers).toEqual([])
    expect((await read(first)).tags).toEqual(['affichage', 'agenda'])
  })

  test('opens one that was resolved, where something is owed still; undone, that one is resolved since it was', async () => {
    const { first, second } = await two()
    await karim.call(resolveTicket, { params: { id: second.id } })
    const { resolvedAt } = await read(second)
    later(10)
    const { moveId } = await merge(first, second)
    expect(await read(second)).toMatchObject({ status: 'in_progress', resolvedAt: null })
    later(10)
    await undo(moveId)
    expect(await read(second)).toMatchObject({ status: 'resolved', resolvedAt, dueAt: null })
    expect((await read(second)).events.map(({ kind }) => kind)).not.toContain('reopened')
  })

  test('leaves one that was opened by it as whoever went on with it left it', async () => {
    const { first, second } = await two()
    await karim.call(resolveTicket, { params: { id: second.id } })
    const { moveId } = await merge(first, second)
    later(10)
    await karim.call(setTicketWaiting, { params: { id: second.id }, body: { waiting: true } })
    await undo(moveId)
    expect(await read(second)).toMatchObject({ status: 'in_progress', waiting: true, resolvedAt: null })
  })

  test('ends that the customer is waited for, and that it was put off, while they wait themselves', async () => {
    const { first, second } = await two()
    await karim.call(setTicketWaiting, { params: { id: second.id }, body: { waiting: true } })
    const until = '2026-11-30T08:00:00.000Z'
    await karim.call(snoozeTicket, { params: { id: second.id }, body: { until } })
    const { moveId } = await merge(first, second)
    expect(await read(second)).toMatchObject({ waiting: false, snoozedUntil: null })
    await undo(moveId)
    expect(await read(second)).toMatchObject({ waiting: true, snoozedUntil: until })
  })

  test('lets what somebody was about to say leave in the other, and be taken back there', async () => {
    const { first, second } = await two()
    const [leaves, stays] = [await reply(first, 'Je regarde.'), await reply(first, 'Non, attendez.')]
    await merge(first, second)
    await karim.call(takeBackReply, { params: { id: first.id, messageId: stays.id } })
    expect((await drafts(second)).reply).toBe('Non, attendez.')
    later(1)
    await letLeave(leaving)
    expect((await said(second)).find(({ id }) => id === leaves.id)).toMatchObject({ leavesAt: null })
    const letters = (await lettersTo(server, first.requester.email)).map(({ text }) => text)
    expect(letters.filter((text) => text.includes('Je regarde.'))).toHaveLength(1)
    expect((await read(second)).targets.find(({ name }) => name === 'firstResponse')).toMatchObject({
      state: 'met',
    })
  })

  test('keeps everybody’s drafts, whatever was begun in the other', async () => {
    const { first, second } = await two()
    await draft(first, 'Bonjour, je')
    await draft(second, 'Bonsoir, nous')
    await draft(first, 'De Léa', lea)
    await merge(first, second)
    expect(await drafts(second)).toMatchObject({
      reply: 'Bonsoir, nous',
      elsewhere: [{ ticketId: first.id, number: first.number, kind: 'reply', body: 'Bonjour, je' }],
    })
    expect(await drafts(second, lea)).toMatchObject({ reply: '', elsewhere: [{ body: 'De Léa' }] })
    // Whoever was writing in it just then loses nothing either.
    await draft(first, 'Bonjour, je vois')
    expect((await drafts(second)).elsewhere).toMatchObject([{ body: 'Bonjour, je vois' }])
  })

  test('brings files that wait for their message along, and takes them back', async () => {
    const { first, second } = await two()
    const png = new Blob([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')], { type: 'image/png' })
    await karim.call(addTicketAttachment, { params: { id: first.id }, query: { name: 'a.png' }, file: png })
    const { moveId } = await merge(first, second)
    expect((await drafts(second)).attachments).toMatchObject([{ name: 'a.png' }])
    await undo(moveId)
    expect((await drafts(second)).attachments).toEqual([])
    expect((await drafts(first)).attachments).toMatchObject([{ name: 'a.png' }])
  })

  test('takes no reply and no change any more: whoever still had it open is told', async () => {
    const { first, second } = await two()
    const { revision } = await read(first)
    await merge(first, second)
    const params = { id: first.id }
    await expect(
      karim.call(replyToTicket, { params, body: { body: 'Voici', seenMessageId: null } }),
    ).rejects.toThrow('ticket_put_away')
    await expect(karim.call(updateTicket, { params, body: { revision, progress: 10 } })).rejects.toThrow(
      'ticket_put_away',
    )
    await expect(merge(first, second)).rejects.toThrow('ticket_put_away')
    await expect(merge(second, first)).rejects.toThrow('ticket_put_away')
  })

  test('of two who put tickets into each other at once, one does', async () => {
    const { first, second } = await two()
    const both = await Promise.allSettled([merge(first, second), merge(second, first, lea)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('ticket_put_away') },
    })
  })

  test('does not go into itself, nor to another customer', async () => {
    const { first } = await two()
    const { first: others } = await two()
    await expect(merge(first, first)).rejects.toThrow('ticket_into_itself')
    await expect(merge(first, others)).rejects.toThrow('ticket_other_customer')
    const own = await asked(odile)
    await expect(merge(own, first)).rejects.toThrow('ticket_other_customer')
    // One address in two places is two customers: what somebody wrote as themselves is not their practice's.
    const alone = await called(karim, { requesterEmail: odile.email })
    await expect(merge(alone, own)).rejects.toThrow('ticket_other_customer')
  })

  test('is told in both logs and the audit log', async () => {
    const { first, second } = await two()
    const { moveId } = await merge(first, second)
    expect((await read(first)).events.at(-1)).toMatchObject({
      kind: 'merged',
      data: { into: second.number, move: moveId },
    })
    expect((await read(second)).events.at(-1)).toMatchObject({
      kind: 'taken_in',
      data: { from: first.number, move: moveId },
    })
    const [entry] = await entriesOf(server, { verb: 'ticket.merged_in', object: first.id })
    expect(entry).toMatchObject({ after: { into: `#${second.number}`, moveId, messages: 1 } })
  })
})

describe('a merge that is undone', () => {
  test('gives back what came, and leaves what was said since where it was said', async () => {
    const { first, second } = await two(5)
    const { moveId } = await merge(first, second)
    await replyLeft(second, 'Répondu depuis.')
    await undo(moveId, lea)
    expect(await words(first)).toEqual(['Il reste blanc.'])
    expect(await words(second)).toEqual(['Toujours blanc.', 'Répondu depuis.'])
    expect(await read(first)).toMatchObject({ mergedInto: null, status: 'new' })
    // The answer settled what both were waiting for: neither owes it again.
    for (const ticket of [first, second])
      expect((await read(ticket)).targets.filter(({ settledAt }) => settledAt === null)).toMatchObject([
        { name: 'resolution' },
      ])
  })

  test('leaves both owing what they owed', async () => {
    const { first, second } = await two(30)
    const before = [await due(first), await due(second)]
    const { moveId } = await merge(first, second)
    later(20)
    await undo(moveId)
    expect([await due(first), await due(second)]).toEqual(before)
    expect(await queued('open')).toEqual(expect.arrayContaining([first.id, second.id]))
  })

  test('is undone once', async () => {
    const { first, second } = await two()
    const { moveId } = await merge(first, second)
    const both = await Promise.allSettled([undo(moveId), undo(moveId, lea)])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('ticket_move_undone') },
    })
  })

  test('waits until what came later is undone: a third ticket brings all along, and gives all back', async () => {
    const { first, second } = await two()
    const third = await called(karim, { requesterEmail: first.requester.email, body: 'Une troisième fois.' })
    const one = await merge(first, second)
    later(1)
    const other = await merge(second, third)
    expect(await words(third)).toHaveLength(3)
    expect(await read(first)).toMatchObject({ mergedInto: { id: third.id } })
    await expect(undo(one.moveId)).rejects.toThrow('ticket_moved_on')
    await undo(other.moveId)
    expect(await read(first)).toMatchObject({ mergedInto: { id: second.id } })
    await undo(one.moveId)
    for (const ticket of [first, second, third]) {
      expect(await words(ticket)).toHaveLength(1)
      expect((await read(ticket)).targets).toHaveLength(2)
    }
  })
})

describe('what a practice sees of a merge', () => {
  test('is one ticket, found by both addresses, in which it can go on', async () => {
    const first = await asked(odile, { subject: 'Première demande' })
    const second = await asked(odile, { subject: 'Seconde demande' })
    await karim.call(addTicketNote, { params: { id: first.id }, body: { body: 'Doublon, je fusionne.' } })
    await merge(first, second)
    const mine = await odile.call(listOwnTickets, { query: {} })
    expect(mine.rows.map(({ id }) => id).filter((id) => [first.id, second.id].includes(id))).toEqual([
      second.id,
    ])
    const shown = await odile.call(getOwnTicket, { params: { id: first.id } })
    expect(shown).toMatchObject({ id: second.id, subject: 'Seconde demande' })
    expect(JSON.stringify(shown)).not.toContain('fusionne')
    await odile.call(answerOwnTicket, { params: { id: first.id }, body: { body: 'Merci !' } })
    expect(await words(second)).toContain('Merci !')
  })

  test('is nobody else’s by either address', async () => {
    const hugo = (await server.openPractice('Hugo Lefèvre')).holder
    const [first, second] = [await asked(odile), await asked(odile)]
    await merge(first, second)
    for (const { id } of [first, second]) {
      await expect(hugo.call(getOwnTicket, { params: { id } })).rejects.toThrow('not_found')
      await expect(hugo.call(answerOwnTicket, { params: { id }, body: { body: 'Ici ?' } })).rejects.toThrow(
        'not_found',
      )
    }
  })
})

describe('messages that go to a ticket of their own', () => {
  test('open it for the same customer, owe their answer there, and come back when it is undone', async () => {
    const first = await asked(odile, { body: 'La première question.' })
    await replyLeft(first, 'La première réponse.')
    later(30)
    await odile.call(answerOwnTicket, { params: { id: first.id }, body: { body: 'Et une autre question.' } })
    const owed = await due(first)
    later(10)
    const moved = (await said(first)).at(-1)!
    const { moveId, ticket } = await karim.call(splitTicket, {
      params: { id: first.id },
      body: { subject: 'L’autre question', messageIds: [moved.id] },
    })
    expect(ticket).toMatchObject({
      subject: 'L’autre question',
      status: 'new',
      tenant: { id: practice.tenantId },
    })
    expect(await words(ticket)).toEqual(['Et une autre question.'])
    expect(await words(first)).toEqual(['La première question.', 'La première réponse.'])
    // Owed from when it was asked, as a first answer; the first ticket owes none.
    expect(ticket.targets.find(({ name }) => name === 'firstResponse')).toMatchObject({ due: owed })
    expect((await read(first)).targets.find(({ name }) => name === 'nextResponse')).toBeUndefined()
    expect((await odile.call(getOwnTicket, { params: { id: ticket.id } })).messages).toHaveLength(1)

    await undo(moveId)
    expect(await words(first)).toHaveLength(3)
    expect(await due(first)).toBe(owed)
    expect(await read(ticket)).toMatchObject({ trashedAt: expect.any(String) })
  })

  test('stay a ticket when somebody answered there since', async () => {
    const first = await asked(odile)
    await odile.call(answerOwnTicket, { params: { id: first.id }, body: { body: 'Autre chose.' } })
    const moved = (await said(first)).at(-1)!
    const { moveId, ticket } = await karim.call(splitTicket, {
      params: { id: first.id },
      body: { subject: 'Autre chose', messageIds: [moved.id] },
    })
    await replyLeft(ticket, 'Dit là-bas.')
    await undo(moveId)
    expect(await words(ticket)).toEqual(['Dit là-bas.'])
    expect(await read(ticket)).toMatchObject({ trashedAt: null })
    expect(await words(first)).toContain('Autre chose.')
  })

  test('leave something behind, and stand in the ticket they are taken from', async () => {
    const { first, second } = await two()
    const [only] = await said(first)
    const split = (messageIds: string[]) =>
      karim.call(splitTicket, { params: { id: first.id }, body: { subject: 'Tout', messageIds } })
    await expect(split([only!.id])).rejects.toThrow('ticket_nothing_left')
    await expect(split([(await said(second))[0]!.id])).rejects.toThrow('ticket_message_elsewhere')
  })
})

describe('messages that go to a ticket that stands', () => {
  test('stand there in their order, notes as notes, and go back', async () => {
    const { first, second } = await two(1)
    later(1)
    const note = await karim.call(addTicketNote, { params: { id: first.id }, body: { body: 'À voir.' } })
    const { moveId, ticket } = await karim.call(moveTicketMessages, {
      params: { id: first.id },
      body: { intoId: second.id, messageIds: [note.id] },
    })
    expect(ticket.id).toBe(second.id)
    expect((await said(second)).at(-1)).toMatchObject({ kind: 'note', movedFrom: first.number })
    expect(await read(first)).toMatchObject({ mergedInto: null })
    await undo(moveId)
    expect(await words(second)).toEqual(['Toujours blanc.'])
    expect(await words(first)).toEqual(['Il reste blanc.', 'À voir.'])
  })

  test('never go to another customer', async () => {
    const [{ first }, { second: others }] = [await two(), await two()]
    const note = await karim.call(addTicketNote, { params: { id: first.id }, body: { body: 'À voir.' } })
    const body = { intoId: others.id, messageIds: [note.id] }
    await expect(karim.call(moveTicketMessages, { params: { id: first.id }, body })).rejects.toThrow(
      'ticket_other_customer',
    )
  })
})

describe('once one of two tickets was put down to another client', () => {
  const putDownTo = async ({ id }: One, clientId: string) => {
    const { revision } = await read({ id })
    await karim.call(updateTicket, { params: { id }, body: { revision, clientId } })
  }
  /** Of somebody who called for Odile's practice, and is no member of it. */
  const forOdile = (requesterEmail: string) =>
    called(karim, { requesterEmail, clientId: practice.clientId, body: 'Au nom d’Odile.' })
  const noteIn = async ({ id }: One) =>
    (await karim.call(addTicketNote, { params: { id }, body: { body: 'Pour Hugo.' } })).id
  let hugo: TestPractice
  beforeAll(async () => {
    hugo = await server.openPractice('Hugo Lefèvre')
  }, 90_000)

  test('nothing goes back to the first: neither reads the other’s words by an undo', async () => {
    for (const way of ['split', 'move', 'merge'] as const) {
      const requesterEmail = `other.${way}@example.com`
      const [first, second] = [await forOdile(requesterEmail), await forOdile(requesterEmail)]
      const params = { id: first.id }
      const messageIds = [await noteIn(first)]
      const { moveId, ticket } =
        way === 'split'
          ? await karim.call(splitTicket, { params, body: { subject: 'Pour Hugo', messageIds } })
          : way === 'move'
            ? await karim.call(moveTicketMessages, { params, body: { intoId: second.id, messageIds } })
            : await merge(first, second)
      await putDownTo(ticket, hugo.clientId)
      await expect(undo(moveId), way).rejects.toThrow('ticket_other_customer')
      expect(await words(ticket), way).toContain('Pour Hugo.')
      expect(await words(first), way).not.toContain('Pour Hugo.')

      // Put down to the first's client again they are of one customer, and it goes back.
      await putDownTo(ticket, practice.clientId)
      await undo(moveId)
      expect(await words(first), way).toContain('Pour Hugo.')
    }
  })

  test('what was taken into the first does not go back to the second either', async () => {
    const first = await forOdile('back@example.com')
    const { moveId } = await karim.call(splitTicket, {
      params: { id: first.id },
      body: { subject: 'À part', messageIds: [await noteIn(first)] },
    })
    await putDownTo(first, hugo.clientId)
    await expect(undo(moveId)).rejects.toThrow('ticket_other_customer')
    expect(await words(first)).toEqual(['Au nom d’Odile.'])
  })

  test('neither address of a merged ticket leads its first practice to it', async () => {
    const [first, second] = [await forOdile('led@example.com'), await forOdile('led@example.com')]
    await merge(first, second)
    expect(await odile.call(getOwnTicket, { params: { id: first.id } })).toMatchObject({ id: second.id })
    await putDownTo(second, hugo.clientId)
    for (const { id } of [first, second])
      await expect(odile.call(getOwnTicket, { params: { id } })).rejects.toThrow('not_found')
    expect(await hugo.holder.call(getOwnTicket, { params: { id: first.id } })).toMatchObject({
      id: second.id,
    })
  })
})

describe('a ticket that is thrown away', () => {
  test('stands in the trash alone, is out of its customer’s sight, and comes back', async () => {
    const ticket = await asked(odile)
    const params = { id: ticket.id }
    await karim.call(trashTicket, { params })
    expect(await queued('trash')).toContain(ticket.id)
    expect(await queued('all')).not.toContain(ticket.id)
    await expect(odile.call(getOwnTicket, { params })).rejects.toThrow('not_found')
    await expect(karim.call(trashTicket, { params })).rejects.toThrow('ticket_put_away')
    expect(await karim.call(restoreTicket, { params })).toMatchObject({ trashedAt: null })
    expect(await queued('trash')).not.toContain(ticket.id)
    expect(await odile.call(getOwnTicket, { params })).toMatchObject({ id: ticket.id })
    await expect(karim.call(restoreTicket, { params })).rejects.toThrow('ticket_not_trashed')
  })

  test('is listed with who threw it away, and the day until which it comes back', async () => {
    const ticket = await asked(odile)
    await karim.call(trashTicket, { params: { id: ticket.id } })
    const { rows } = await karim.call(listTickets, { query: { queue: 'trash' } })
    const { at, by, until } = rows.find(({ id }) => id === ticket.id)!.trashed!
    const { firstName, lastName } = await server.db
      .selectFrom('staffMembers')
      .where('id', '=', karim.staffId)
      .select(['firstName', 'lastName'])
      .executeTakeFirstOrThrow()
    expect(by).toBe(`${firstName} ${lastName}`)
    expect(Date.parse(at)).toBe(now.getTime())
    expect(Date.parse(until) - Date.parse(at)).toBe(trashDays * 86_400_000)
  })

  test('sends nothing any more: a reply that had not left is its writer’s draft again, before what they went on with', async () => {
    const { first } = await two()
    await reply(first, 'Trop tôt.')
    await draft(first, 'La suite.')
    await karim.call(trashTicket, { params: { id: first.id } })
    later(1)
    await letLeave(leaving)
    expect((await drafts(first)).reply).toBe('Trop tôt.\n\nLa suite.')
    const letters = (await lettersTo(server, first.requester.email)).map(({ text }) => text)
    expect(letters.filter((text) => text.includes('Trop tôt.'))).toEqual([])
  })
})

describe('tickets of one customer', () => {
  const siblings = async ({ id }: One, q?: string) =>
    (await karim.call(listSiblingTickets, { params: { id }, query: q ? { q } : {} })).rows

  test('that ask much the same within days are told as likely the same; nobody else’s are listed', async () => {
    const requesterEmail = 'doublon@example.com'
    const first = await called(karim, { requesterEmail, subject: 'L’agenda ne s’affiche plus' })
    const again = await called(karim, { requesterEmail, subject: 'Agenda : ne s’affiche plus du tout' })
    const other = await called(karim, {
      requesterEmail,
      subject: 'Une facture en double',
      body: 'FA-12, deux fois.',
    })
    await called(karim, { requesterEmail: 'doublon@example.org', subject: 'L’agenda ne s’affiche plus' })
    expect((await siblings(again)).map(({ id, likely }) => [id, likely])).toEqual([
      [first.id, true],
      [other.id, false],
    ])
    expect((await siblings(again, 'facture')).map(({ id }) => id)).toEqual([other.id])
    expect((await siblings(again, `#${first.number}`)).map(({ id }) => id)).toEqual([first.id])
    now = new Date(monday.getTime() + 10 * 86_400_000)
    karim = await freshStaff(server, 'support', now)
    const muchLater = await called(karim, { requesterEmail, subject: 'L’agenda ne s’affiche plus' })
    expect((await siblings(muchLater)).map(({ likely }) => likely)).toEqual([false, false, false])
  })

  test('that somebody told apart are likely no more, in either', async () => {
    now = new Date(monday.getTime() + 10 * 86_400_000)
    const requesterEmail = 'distincts@example.com'
    const [first, second] = [await called(karim, { requesterEmail }), await called(karim, { requesterEmail })]
    const apart = (is: boolean) =>
      karim.call(tellTicketsApart, { params: { id: first.id, otherId: second.id }, body: { apart: is } })
    await apart(true)
    expect([(await siblings(first))[0]?.likely, (await siblings(second))[0]?.likely]).toEqual([false, false])
    later(1)
    await apart(false)
    expect((await siblings(second))[0]?.likely).toBe(true)
  })
})
