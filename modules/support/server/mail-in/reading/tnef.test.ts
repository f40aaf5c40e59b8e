import fc from 'fast-check'
import { expect, test } from 'vitest'
import { understood, withFiles } from './mails.ts'
import { winmailWith } from './tnef-made.ts'
import { filesOfTnef } from './tnef.ts'

const winmail = winmailWith('Rapport d’activité.pdf', Buffer.from('%PDF-1.7 rapport'))

test('the files in a winmail.dat are files of the mail', async () => {
  const mail = await understood(
    withFiles('Ci-joint', [{ type: 'application/ms-tnef', content: winmail, name: 'winmail.dat' }]),
  )
  expect(mail.body).toBe('Ci-joint')
  expect(mail.files).toMatchObject([
    { name: 'Rapport d’activité.pdf', mediaType: 'application/pdf', why: null },
  ])
  expect(mail.files[0]?.content.toString()).toBe('%PDF-1.7 rapport')
})

test('one that breaks off, or lies about its lengths, gives what is whole', () => {
  fc.assert(
    fc.property(fc.nat(winmail.length - 1), fc.nat(255), fc.nat(winmail.length), (at, value, end) => {
      const broken = Buffer.from(winmail.subarray(0, end))
      if (at < broken.length) broken[at] = value
      const files = filesOfTnef(broken)
      expect(files.every(({ content }) => content.length <= winmail.length)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('nothing else is taken for one', () => {
  expect(filesOfTnef(Buffer.from('%PDF-1.7'))).toEqual([])
  expect(filesOfTnef(Buffer.alloc(0))).toEqual([])
})
