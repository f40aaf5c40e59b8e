import { beforeAll, describe, expect, test } from 'vitest'
import {
  addTicketNote,
  exportTicket,
  exportTicketWithNotes,
  listTicketMessages,
  replyToTicket,
  takeBackReply,
} from '#contract/support'
import { openLog } from '#platform/server/log.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { called } from '../../../../tests/harness/support.ts'
import { letLeave } from './leaving.ts'

const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const server = await testServer({ clock, env: { ROLE: 'web' } })
const parts = {
  db: server.db,
  clock,
  log: openLog('silent'),
  vault: server.vault,
  post: noMailbox,
  mail: mailOf(server, clock),
  practiceUrl: new URL('http://app.localhost:3000'),
  backofficeUrl: new URL('http://localhost:3000'),
}
let karim: TestStaff
beforeAll(async () => {
  karim = await freshStaff(server, 'support', monday)
}, 60_000)

const asked =
  'Bonjour,\nrien ne part :\n\n- ni SMS\n- ni e-mail\n  1. d’abord\n\n> cité\n> deux fois\n\n[Aide](https://example.com/a_(b)?c=1&d=2)  \n`code`\t*fin*'
const note = 'Vu avec Nadia.\n\n# Pas un titre de plus'

async function ticket() {
  now = monday
  const { id, number } = await called(karim, { body: asked })
  const seen = async () => (await karim.call(listTicketMessages, { params: { id } })).rows.at(-1)!.id
  const reply = async (body: string) =>
    karim.call(replyToTicket, { params: { id }, body: { body, seenMessageId: await seen() } })
  const { id: messageId } = await reply('Reprise.')
  await karim.call(takeBackReply, { params: { id, messageId } })
  await reply('Voilà :\n\n* un\n* deux')
  now = new Date(monday.getTime() + 15_000)
  await letLeave(parts)
  await karim.call(addTicketNote, { params: { id }, body: { body: note } })
  await reply('Pas encore partie.')
  return { id, number }
}

const exported = (id: string) => karim.ask(exportTicket, { params: { id } })

describe('a conversation that is exported', () => {
  test('holds what was said character for character, and nothing that was not', async () => {
    const { id, number } = await ticket()
    const { status, text, headers } = await exported(id)
    expect(status, text).toBe(200)
    expect(headers['content-disposition']).toContain(`ticket-${number}.md`)
    expect(text).toContain(`\n\n${asked}\n\n---\n\n`)
    expect(text).toContain('\n\nVoilà :\n\n* un\n* deux\n')
    for (const unsaid of ['Reprise.', 'Pas encore partie.', note, 'Vu avec Nadia', 'NOTE INTERNE'])
      expect(text).not.toContain(unsaid)
    expect(text.startsWith(`# #${number} L’agenda ne s’affiche plus\n`)).toBe(true)
  })

  test('holds notes only for who asks for them, each marked, and the log says so', async () => {
    const { id } = await ticket()
    await exported(id)
    const { text } = await karim.ask(exportTicketWithNotes, { params: { id } })
    expect(text).toContain(`**NOTE INTERNE, à ne pas transmettre au client**\n\n${note}`)
    expect(text).toContain('Ce document contient des notes internes.')
    const lines = await server.db
      .selectFrom('auditLog')
      .where('objectId', '=', id)
      .where('actorId', '=', karim.staffId)
      .where('verb', 'in', ['ticket.exported', 'ticket.notes_exported'])
      .orderBy('verb')
      .select('verb')
      .execute()
    expect(lines.map(({ verb }) => verb)).toEqual(['ticket.exported', 'ticket.notes_exported'])
  })
})
