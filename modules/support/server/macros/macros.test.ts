import { expect, test } from 'vitest'
import {
  addMacro,
  addSharedMacro,
  addTicketNote,
  applyMacro,
  getTicket,
  getTicketDrafts,
  listMacros,
  listTicketMessages,
  openTicket,
  previewMacro,
  saveSupportTeam,
  saveTicketDraft,
  takeBackReply,
  trashMacro,
  updateMacro,
  type MacroAction,
} from '#contract/support'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const billing = await server.as('billing')
const lead = await server.as('administrator')

const invoice: MacroAction[] = [
  {
    do: 'reply',
    body: 'Bonjour {{client.first_name|Madame, Monsieur}},\n\nLa facture {{?Numéro de facture}} est partie.\n\n{{agent.first_name}}',
  },
  { do: 'priority', priority: 'high' },
  { do: 'tag', add: ['facture'], remove: [] },
  { do: 'assign', to: 'me' },
  { do: 'wait' },
]
const keep = (actions: MacroAction[], over: { title?: string; reach?: 'personal' | 'everyone' } = {}) =>
  over.reach === 'personal'
    ? support.call(addMacro, { body: { title: over.title ?? '', actions } })
    : support.call(addSharedMacro, {
        body: { title: over.title ?? 'Pour créer une facture…', reach: 'everyone', actions },
      })
async function ticket() {
  const { id } = await support.call(openTicket, {
    body: {
      subject: 'Ma facture',
      body: 'Où est-elle ?',
      clientId: null,
      requesterName: 'Claire Moreau',
      requesterEmail: 'claire@example.com',
    },
  })
  return support.call(getTicket, { params: { id } })
}
const lastSeen = async (id: string) =>
  (await support.call(listTicketMessages, { params: { id } })).rows.at(-1)?.id ?? null
const answers = { 'Numéro de facture': 'FA-2026-000123' }

test('what is shown before is what is done after, field by field and word for word', async () => {
  const macro = await keep(invoice)
  const { id, revision } = await ticket()
  const params = { id, macroId: macro.id }
  const open = await support.call(previewMacro, { params, query: {} })
  expect(open.questions).toEqual([{ name: 'Numéro de facture', answered: false }])
  expect(open.unresolved).toEqual(['?Numéro de facture'])

  const shown = await support.call(previewMacro, { params, query: { answers: JSON.stringify(answers) } })
  expect(shown).toMatchObject({ unresolved: [], revision })
  expect(shown.reply).toMatch(/^Bonjour Madame, Monsieur,\n\nLa facture FA-2026-000123 est partie\.\n\n\S/)
  expect(shown.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
    ['priority', 'normal', 'high'],
    ['tags', null, 'facture'],
    ['assignee', null, expect.any(String)],
    ['waiting', null, 'yes'],
    // Whoever answers has begun on it.
    ['status', 'new', 'in_progress'],
  ])

  const body = { revision, answers, seenMessageId: await lastSeen(id) }
  const done = await support.call(applyMacro, { params, body })
  expect(done.message).toMatchObject({ kind: 'reply', body: shown.reply, leavesAt: expect.any(String) })
  expect(done.ticket).toMatchObject({ priority: 'high', tags: ['facture'] })
  expect(done.ticket.assignee?.name).toBe(shown.changes[2]?.after)
  // The customer is waited for once the reply has left.
  expect(done.ticket.waiting).toBe(false)
  const { rows } = await support.call(listMacros, { query: {} })
  expect(rows.find((one) => one.id === macro.id)?.uses).toEqual({ month: 1, ever: 1 })
})

test('it is not done while something it says is unknown', async () => {
  const macro = await keep(invoice)
  const { id, revision } = await ticket()
  const body = { revision, seenMessageId: await lastSeen(id) }
  expect(await support.refused(applyMacro, { params: { id, macroId: macro.id }, body })).toMatchObject({
    status: 422,
    code: 'macro_unresolved',
    details: { variables: ['?Numéro de facture'] },
  })
  expect((await support.call(getTicket, { params: { id } })).priority).toBe('normal')
})

test('what its writer said in the place of a variable stands', async () => {
  const macro = await keep([{ do: 'reply', body: 'Votre adresse : {{client.email}}' }])
  const { id, revision } = await ticket()
  const params = { id, macroId: macro.id }
  const body = { revision, seenMessageId: await lastSeen(id) }
  const left = { ...body, reply: 'Bonjour, votre adresse : {{ client.email }}' }
  expect(await support.refused(applyMacro, { params, body: left })).toMatchObject({
    code: 'macro_unresolved',
  })
  const done = await support.call(applyMacro, {
    params,
    body: { ...body, reply: 'Votre adresse nous manque.' },
  })
  expect(done.message?.body).toBe('Votre adresse nous manque.')
})

test('a ticket that changed since is shown anew, and so is what was said meanwhile', async () => {
  const macro = await keep([{ do: 'resolve' }], { title: 'Clôture sans réponse…' })
  const { id, revision } = await ticket()
  const params = { id, macroId: macro.id }
  const seenMessageId = await lastSeen(id)
  expect(
    await support.refused(applyMacro, { params, body: { revision: revision + 7, seenMessageId } }),
  ).toMatchObject({ code: 'macro_outdated', details: { outcome: { revision } } })
  await billing.call(addTicketNote, { params: { id }, body: { body: 'Je m’en occupe' } })
  expect(await support.refused(applyMacro, { params, body: { revision, seenMessageId } })).toMatchObject({
    code: 'ticket_said_meanwhile',
  })
  const done = await support.call(applyMacro, {
    params,
    body: { revision, seenMessageId: await lastSeen(id) },
  })
  expect(done).toMatchObject({ message: null, ticket: { status: 'resolved' } })
})

test('what was half written is neither sent nor lost, and the reply can be taken back', async () => {
  const macro = await keep([
    { do: 'reply', body: 'Merci.' },
    { do: 'note', body: 'Vu avec {{requester.name}}' },
  ])
  const { id, revision } = await ticket()
  await support.call(saveTicketDraft, { params: { id, kind: 'reply' }, body: { body: 'Bonjour Cl' } })
  const done = await support.call(applyMacro, {
    params: { id, macroId: macro.id },
    body: { revision, seenMessageId: await lastSeen(id) },
  })
  expect((await support.call(getTicketDrafts, { params: { id } })).reply).toBe('Bonjour Cl')
  const { rows } = await support.call(listTicketMessages, { params: { id } })
  expect(rows.slice(1).map(({ kind, body }) => [kind, body])).toEqual([
    ['note', 'Vu avec Claire Moreau'],
    ['reply', 'Merci.'],
  ])
  await support.call(takeBackReply, { params: { id, messageId: done.message!.id } })
})

test('a word that is no variable is refused when it is saved', async () => {
  const refusal = await support.refused(addMacro, {
    body: { title: 'Faux', actions: [{ do: 'note', body: '{{client.nom}}' }] },
  })
  expect(refusal).toMatchObject({
    status: 422,
    code: 'macro_unresolved',
    details: { variables: ['client.nom'] },
  })
})

test('one’s own is nobody else’s; what everybody uses is changed by who looks after it', async () => {
  const own = await keep([{ do: 'resolve' }], { reach: 'personal', title: 'À moi' })
  const seenBy = async (who: typeof billing) =>
    (await who.call(listMacros, { query: {} })).rows.map(({ id }) => id)
  expect(await seenBy(support)).toContain(own.id)
  expect(await seenBy(lead)).not.toContain(own.id)
  const shared = await keep([{ do: 'resolve' }])
  expect(await seenBy(billing)).toContain(shared.id)
  const body = {
    title: 'Autre',
    reach: 'everyone' as const,
    actions: shared.actions,
    revision: shared.revision,
  }
  expect(await billing.refused(updateMacro, { params: { id: shared.id }, body })).toMatchObject({
    status: 403,
    code: 'macro_not_yours',
  })
  expect(await billing.refused(updateMacro, { params: { id: own.id }, body })).toMatchObject({ status: 404 })
  await lead.call(updateMacro, { params: { id: shared.id }, body })
  expect(await support.refused(updateMacro, { params: { id: shared.id }, body })).toMatchObject({
    code: 'macro_changed',
    details: { current: { title: 'Autre' } },
  })
})

test('a team’s macro is its people’s', async () => {
  const me = (
    await server.db
      .selectFrom('staffMembers')
      .select('id')
      .where('email', '=', 'billing@example.com')
      .executeTakeFirstOrThrow()
  ).id
  const { id: teamId } = await lead.call(saveSupportTeam, {
    body: { name: 'Facturation', leadId: null, memberIds: [me] },
  })
  const { id } = await support.call(addSharedMacro, {
    body: { title: 'Relance', reach: 'team', teamId, actions: [{ do: 'resolve' }] },
  })
  const sees = async (role: string) =>
    (await (await server.as(role)).call(listMacros, { query: { q: 'RELANCÉ' } })).rows.some(
      (one) => one.id === id,
    )
  expect(await sees('billing')).toBe(true)
  expect(await sees('sales')).toBe(false)
})

test('in the trash it is not used, and comes out as it was', async () => {
  const macro = await keep([{ do: 'resolve' }], { title: 'À jeter' })
  const { id, revision } = await ticket()
  const trash = (trashed: boolean) =>
    support.call(trashMacro, { params: { id: macro.id }, body: { trashed } })
  await trash(true)
  const input = { params: { id, macroId: macro.id }, body: { revision, seenMessageId: await lastSeen(id) } }
  expect(await support.refused(applyMacro, input)).toMatchObject({ status: 404 })
  const { rows } = await support.call(listMacros, { query: { trashed: 'yes' } })
  expect(rows.map(({ title }) => title)).toContain('À jeter')
  expect(await trash(false)).toMatchObject({ trashedAt: null, actions: [{ do: 'resolve' }] })
})
