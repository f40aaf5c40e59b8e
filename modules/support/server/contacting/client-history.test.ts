import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { clientTimeline, createClient } from '#contract/clients'
import { contactClient, getTicket, takeBackReply } from '#contract/support'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const administrator = await server.as('administrator')

test('that a client was written to is told in their own history, and that it was taken back before it left', async () => {
  const client = await administrator.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'active',
      lastName: 'Kessler',
      firstName: 'Nadia',
      email: 'nadia.kessler@example.com',
    },
  })
  const { ticket, message } = await support.call(contactClient, {
    body: { id: randomUUID(), clientId: client.id, subject: 'Votre abonnement', body: 'Il se termine.' },
  })
  const told = async () => {
    const { rows } = await administrator.call(clientTimeline, { params: { id: client.id }, query: {} })
    return rows.flatMap((row) => (row.kind === 'action' ? [row.verb] : []))
  }
  expect(await told()).toEqual(['ticket.client_contacted', 'client.created'])

  const { rows } = await administrator.call(clientTimeline, { params: { id: client.id }, query: {} })
  expect(rows[0]).toMatchObject({
    ticket: { id: ticket.id, number: ticket.number, subject: 'Votre abonnement' },
  })

  await support.call(takeBackReply, { params: { id: ticket.id, messageId: message.id } })
  expect(await told()).toEqual(['ticket.reply_recalled', 'ticket.client_contacted', 'client.created'])
  expect((await support.call(getTicket, { params: { id: ticket.id } })).trashedAt).not.toBeNull()
})
