import { expect, test } from 'vitest'
import { ownMark } from '#platform/server/mail-postman.ts'
import { mailNamed, saying, understood } from './mails.ts'

const to = 'odile.perrin@example.com'
const originalMessageId = '0190-reply@example.org'

test.for([
  ['postfix-bounce', { recipient: to, status: '5.1.1', originalMessageId }, 'Recipient address rejected'],
  ['exchange-bounce', { recipient: to, status: '5.2.2', originalMessageId }, 'mailbox full'],
  ['gmail-bounce', { recipient: to, status: '5.1.1', originalMessageId }, 'does not exist'],
  ['delayed', { recipient: to, status: '4.4.1', originalMessageId: null }, 'Connection timed out'],
] as const)('%s says whom it did not reach, and why', async ([name, bounce, said]) => {
  const mail = await understood(mailNamed(name))
  expect(mail.bounce).toMatchObject(bounce)
  expect(mail.bounce?.said).toContain(said)
  expect(mail.files).toEqual([])
})

test('a report that a mail arrived is no bounce, and no person wrote it', async () => {
  expect(await understood(mailNamed('delivered'))).toMatchObject({ bounce: null, auto: 'auto_reply' })
})

test.for([
  ['holiday-outlook', 'auto_reply'],
  ['vacation', 'auto_reply'],
  ['list', 'list'],
  ['newsletter', 'bulk'],
  ['gmail-fr', null],
] as const)('%s is told by its head', async ([name, auto]) => {
  expect(await understood(mailNamed(name))).toMatchObject({ auto, bounce: null })
})

test.for([
  [{ 'Auto-Submitted': 'no' }, null],
  [{ 'Auto-Submitted': 'auto-replied (vacation)' }, 'auto_reply'],
  [{ 'X-Autoreply': 'yes' }, 'auto_reply'],
  [{ Precedence: 'bulk' }, 'bulk'],
  [{ 'X-Auto-Response-Suppress': 'OOF, AutoReply' }, 'bulk'],
  [{ Subject: 'Out of office: back soon', 'In-Reply-To': '<a@example.org>' }, 'auto_reply'],
  // Somebody who writes about it.
  [{ Subject: 'Réponse automatique : comment faire ?' }, null],
] as [Record<string, string>, string | null][])('%j', async ([lines, auto]) => {
  expect((await understood(saying('Bonjour', lines))).auto).toBe(auto)
})

test('the mark that a mail of ours bears is handed on as it stands: whether it is ours is found by who knows our mails', async () => {
  expect((await understood(saying('Bonjour', { [ownMark]: '1' }))).loopMark).toBe('1')
  expect((await understood(saying('Bonjour'))).loopMark).toBeNull()
})
