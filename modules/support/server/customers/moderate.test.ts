/** A member's network fails, their hand slips, or their program runs wild: nothing is said twice, and nothing floods. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addOwnAttachment,
  answerOwnTicket,
  askForHelp,
  getHelpDraftKey,
  getOwnTicket,
  removeOwnAttachment,
  TicketAttachment,
} from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { asked } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { rates } from './too-often.ts'

const server = await tenancyServer()
let practice: TestPractice
let odile: TestMember
let lea: TestMember
let hugo: TestMember
beforeAll(async () => {
  practice = await server.openPractice('Odile Perrin')
  odile = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  hugo = (await server.openPractice('Hugo Lefèvre')).holder
}, 90_000)

const said = async (id: string) => (await odile.call(getOwnTicket, { params: { id } })).messages.length
const answer = (id: string, messageId: string, body = 'Merci !') => ({
  params: { id },
  body: { messageId, body },
})

describe('an answer', () => {
  test('that is sent twice is said once, even at the same moment', async () => {
    const { id } = await asked(odile)
    const messageId = uuidv7()
    const both = await Promise.all([
      odile.call(answerOwnTicket, answer(id, messageId)),
      odile.call(answerOwnTicket, answer(id, messageId)),
    ])
    expect(both.map((one) => one.id)).toEqual([messageId, messageId])
    expect(await odile.call(answerOwnTicket, answer(id, messageId, 'Autre chose'))).toEqual(both[0])
    expect(await said(id)).toBe(2)
  })

  test('by an id that somebody else’s message bears is not there', async () => {
    const { id } = await asked(odile)
    const messageId = uuidv7()
    await lea.call(answerOwnTicket, answer(id, messageId))
    expect((await odile.refused(answerOwnTicket, answer(id, messageId))).status).toBe(404)
    const other = await asked(hugo)
    expect((await hugo.refused(answerOwnTicket, answer(other.id, messageId))).status).toBe(404)
  })
})

const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
const file = () => new Blob([png], { type: 'application/octet-stream' })
async function uploaded(as: TestMember, id: string) {
  const { text } = await as.ask(addOwnAttachment, { params: { id }, query: { name: 'é.png' }, file: file() })
  return TicketAttachment.parse(JSON.parse(text)).id
}

describe('a file that is taken out of a draft', () => {
  test('goes at once, with its bytes', async () => {
    const { id } = await asked(odile)
    const attachmentId = await uploaded(odile, id)
    const path = join(server.dataDir, 'support-files', id, attachmentId)
    expect(existsSync(path)).toBe(true)
    await odile.call(removeOwnAttachment, { params: { id, attachmentId } })
    await expect.poll(() => existsSync(path)).toBe(false)
    const body = { body: 'Avec', attachmentIds: [attachmentId] }
    expect((await odile.refused(answerOwnTicket, { params: { id }, body })).code).toBe('input_invalid')
  })

  test('is one’s own, and was not sent yet', async () => {
    const { id } = await asked(odile)
    const attachmentId = await uploaded(odile, id)
    const params = { id, attachmentId }
    for (const other of [lea, hugo])
      expect((await other.refused(removeOwnAttachment, { params })).status).toBe(404)
    await odile.call(answerOwnTicket, {
      params: { id },
      body: { body: 'Voilà', attachmentIds: [attachmentId] },
    })
    expect((await odile.refused(removeOwnAttachment, { params })).status).toBe(404)
  })
})

test('whoever asks more than anybody has to waits, is told how long, and holds up nobody else', async () => {
  const { holder } = await server.openPractice('Nadia Lambert')
  const ask = () => holder.ask(askForHelp, { body: { id: uuidv7(), subject: 'Encore', body: 'Encore' } })
  const statuses: number[] = []
  for (let nth = 0; nth <= rates['help-asking'].most; nth++) statuses.push((await ask()).status)
  expect(statuses.indexOf(429)).toBe(rates['help-asking'].most)
  const { text } = await ask()
  expect(text).toContain('"code":"ticket_too_often"')
  expect(text).toMatch(/Réessayez dans \d+ minutes/)
  await asked(odile)
})

test('the key of what is not sent yet is each member’s own, the same every time', async () => {
  const keys = await Promise.all(
    [odile, odile, lea, hugo].map(async (as) => (await as.call(getHelpDraftKey)).key),
  )
  expect(keys[0]).toBe(keys[1])
  expect(new Set(keys).size).toBe(3)
  expect(Buffer.from(keys[0]!, 'base64')).toHaveLength(32)
})
