import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import type { AppEnv } from '#platform/server/config.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { testDatabase } from '../../../../../tests/harness/database.ts'
import { startDovecot, type Dovecot } from '../../../../../tests/harness/dovecot.ts'
import type { IncomingMail } from '../incoming.ts'
import { largestWhole } from './connection.ts'
import { readMailbox } from './mailbox.ts'
import { onTheWire, saying } from './mails.ts'

let dovecot: Dovecot
let pool: pg.Pool
let db: CentralDb

beforeAll(async () => {
  const database = await testDatabase()
  pool = openPool(database.appUrl)
  db = centralDb(pool)
  dovecot = await startDovecot()
})

afterAll(async () => {
  await dovecot.stop()
  await pool.end()
})

beforeEach(async () => {
  for (const folder of ['INBOX', 'MaGestionPsy', 'MaGestionPsy-refused']) dovecot.vanish(() => true, folder)
  await db.updateTable('supportMailbox').set({ readAt: null, failedAt: null, failure: null }).execute()
})

const state = () => db.selectFrom('supportMailbox').selectAll().executeTakeFirstOrThrow()
const mail = (subject: string, body = 'Bonjour') =>
  saying(body, { Subject: subject, 'Message-ID': `<${subject}@example.com>` })
const putAway = () => dovecot.mailsIn('MaGestionPsy').map(subjectOf)
/** A mail that is moved lies in both places for a moment. */
const isEmpty = () => dovecot.mailsIn('INBOX').length === 0
const subjectOf = (raw: Buffer) => /^Subject: (.*)\r$/m.exec(raw.subarray(0, 5_000).toString())?.[1]

/** Reads until the test is over. @returns the subjects of what was taken, as it goes on */
async function reading(
  take: (mail: IncomingMail, raw: Buffer) => Promise<void> | void = () => undefined,
  over: { appEnv?: AppEnv; imapUrl?: string } = {},
): Promise<string[]> {
  const taken: string[] = []
  const reader = readMailbox(
    {
      db,
      clock: systemClock,
      log: openLog('silent'),
      post: {
        appEnv: over.appEnv ?? 'test',
        mailFrom: { name: '', email: 'no-reply@example.org' },
        supportEmail: { name: '', email: 'support@example.org' },
        imapUrl: over.imapUrl ?? dovecot.url,
        imapFolder: 'MaGestionPsy',
        imapAuthservId: undefined,
      },
    },
    async (one, raw) => {
      taken.push(one.subject)
      await take(one, raw)
    },
    500,
  )
  await reader.start()
  onTestFinished(() => reader.close())
  return taken
}

/** However long it takes on a busy machine; a test that waits in vain ends by its own time limit. */
async function until(holds: () => unknown): Promise<void> {
  while (!(await holds())) await sleep(20)
}

const once = () => {
  let isFirst = true
  return () => isFirst && !(isFirst = false)
}

test('what lies in INBOX is handed over, oldest first, and put away', async () => {
  dovecot.deliver(mail('un'), mail('deux'), mail('trois'))
  const taken = await reading()
  await until(() => putAway().length >= 3)
  expect(taken).toEqual(['un', 'deux', 'trois'])
  await until(isEmpty)
  await until(async () => (await state()).readAt)
  expect(await state()).toMatchObject({ failure: null })
})

test('several are taken at once, but what one person wrote in its order, and an answer after what it answers', async () => {
  const begun: string[] = []
  const ended: string[] = []
  let opens = (): void => undefined
  const gate = new Promise<void>((resolve) => (opens = resolve))
  const from = (name: string, subject: string, more = {}) =>
    saying('x', {
      From: `${name}@example.com`,
      Subject: subject,
      'Message-ID': `<${subject}@example.com>`,
      ...more,
    })
  dovecot.deliver(
    from('a', 'a1'),
    from('a', 'a2'),
    from('b', 'b1'),
    from('c', 'c1', { 'In-Reply-To': '<a1@example.com>' }),
  )
  await reading(async ({ subject }) => {
    begun.push(subject)
    if (subject === 'a1') await gate
    ended.push(subject)
  })
  await until(() => ended.includes('b1'))
  expect(begun).toEqual(['a1', 'b1'])
  opens()
  await until(() => putAway().length === 4)
  expect(ended.slice(0, 2)).toEqual(['b1', 'a1'])
})

test('what comes later is taken as well, as it came', async () => {
  const raws: Buffer[] = []
  await reading((_, raw) => void raws.push(raw))
  await until(async () => (await state()).readAt)
  const sent = onTheWire('From: a@example.com\nSubject: tard\n\nDéjà là', 'latin1')
  dovecot.deliver(sent)
  await until(() => putAway().includes('tard'))
  expect(raws).toEqual([sent])
})

describe('what breaks off halfway is done again', () => {
  test('a mail that was taken but not put away is handed over once more', async () => {
    const first = once()
    dovecot.deliver(mail('panne'))
    const taken = await reading(() => {
      if (first()) dovecot.cut()
    })
    await until(() => putAway().includes('panne'))
    expect(taken).toEqual(['panne', 'panne'])
    await until(async () => (await state()).failure === null)
  })

  test('a mailbox that was numbered anew meanwhile loses nothing', async () => {
    const first = once()
    dovecot.deliver(mail('a'), mail('b'))
    const taken = await reading(() => {
      if (!first()) return
      dovecot.cut()
      dovecot.renumber()
    })
    await until(() => putAway().includes('b'))
    expect(new Set(taken)).toEqual(new Set(['a', 'b']))
    await until(isEmpty)
  })

  test('a mail that vanishes troubles nobody', async () => {
    dovecot.deliver(mail('parti'), mail('reste'))
    await reading((one) => {
      if (one.subject === 'parti') dovecot.vanish((raw) => subjectOf(raw) === 'parti')
    })
    await until(() => putAway().includes('reste'))
    await until(async () => (await state()).readAt)
    expect(putAway()).not.toContain('parti')
    expect((await state()).failure).toBeNull()
  })
})

test('one that cannot be taken stays, is tried again, and holds up no other', async () => {
  const tried: string[] = []
  let mends = false
  dovecot.deliver(mail('refusé'), mail('suivant'))
  await reading((one) => {
    tried.push(one.subject)
    if (one.subject === 'refusé' && !mends) throw new Error('the disk is full')
  })
  await until(() => putAway().includes('suivant'))
  await until(async () => (await state()).failure)
  expect((await state()).failure).toBe('the disk is full')
  await until(() => dovecot.mailsIn('INBOX').length === 1)
  mends = true
  await until(() => putAway().includes('refusé'))
  await until(async () => (await state()).failure === null)
})

describe('one that is at fault itself', () => {
  const tooLarge = () => Object.assign(new Error('index row size exceeds'), { code: '54000' })

  test('is handed over by its head alone, and holds up no other', async () => {
    const seen: IncomingMail[] = []
    dovecot.deliver(...['x1', 'x2', 'x3', 'x4'].map((name) => mail(name)), mail('suivant'))
    await reading((one) => {
      seen.push(one)
      if (one.messageId?.startsWith('x')) throw tooLarge()
    })
    await until(() => putAway().length === 5)
    await until(isEmpty)
    expect(seen.filter(({ problem }) => problem === 'unreadable')).toMatchObject(
      ['x1', 'x2', 'x3', 'x4'].map((subject) => ({ subject, messageId: null, body: '', files: [] })),
    )
  })

  test('is put apart where not even its head is taken, and stands in the state until somebody looked', async () => {
    dovecot.deliver(...['x1', 'x2', 'x3', 'x4'].map((name) => mail(name)), mail('suivant'))
    await reading(({ subject }) => {
      if (subject.startsWith('x')) throw tooLarge()
    })
    const apart = () => dovecot.mailsIn('MaGestionPsy-refused')
    await until(() => putAway().includes('suivant') && apart().length === 4)
    await until(isEmpty)
    const told = '4 not taken, in MaGestionPsy-refused'
    await until(async () => (await state()).failure === told)
    dovecot.vanish(() => true, 'MaGestionPsy-refused')
    await until(async () => (await state()).failure === null)
  })

  test('is known by how often it was tried, whatever broke in between', async () => {
    const tried: (string | null)[] = []
    dovecot.deliver(mail('refusé'))
    await reading(({ subject, problem }) => {
      if (subject !== 'refusé') return
      tried.push(problem)
      if (problem === null) throw new Error('no idea')
    })
    for (const times of [1, 2, 3]) {
      await until(() => tried.length >= times)
      dovecot.cut()
    }
    await until(() => putAway().includes('refusé'))
    expect(tried).toEqual([null, null, null, null, null, 'unreadable'])
  })
})

test('a wrong password stands in the state, until it is right', async () => {
  await dovecot.changePassword('un autre')
  await reading()
  await until(async () => (await state()).failure)
  expect((await state()).failure).toMatch(/^login: /)
  const { failedAt } = await state()
  await dovecot.changePassword('un mot de passe')
  await until(async () => (await state()).readAt)
  expect(await state()).toMatchObject({ failure: null, failedAt })
})

test('a server that is not there stands in the state too', async () => {
  await reading(undefined, { imapUrl: 'imap://support:secret@127.0.0.1:1' })
  await until(async () => (await state()).failure)
  expect((await state()).failure).toContain('ECONNREFUSED')
})

test('of a mail beyond all measure the beginning is fetched', async () => {
  const seen: [number, number, string | null][] = []
  const lines = Buffer.alloc(largestWhole, 'Une ligne comme une autre.\r\n')
  dovecot.deliver(Buffer.concat([mail('enorme'), lines]), mail('petit'))
  await reading((one, raw) => void seen.push([one.bytes, raw.length, one.problem]))
  await until(() => putAway().includes('petit'))
  expect(seen[0]?.[0]).toBeGreaterThan(largestWhole)
  expect(seen[0]?.slice(1)).toEqual([2 ** 20, 'too_large'])
  expect(seen[1]?.[2]).toBeNull()
})

test('two processes take each mail once', async () => {
  dovecot.deliver(...Array.from({ length: 30 }, (_, i) => mail(`n${i}`)))
  const [a, b] = [await reading(), await reading()]
  await until(() => putAway().filter((subject) => subject?.startsWith('n')).length >= 30)
  expect([...a, ...b].filter((subject) => subject.startsWith('n'))).toHaveLength(30)
})

test('who waits while another process reads takes nothing and says nothing, until it is their turn', async () => {
  const other = await pool.connect()
  const lock = "hashtextextended('support mailbox', 0)"
  await other.query(`select pg_advisory_lock(${lock})`)
  dovecot.deliver(mail('attendu'))
  const taken = await reading()
  await sleep(1_500)
  expect(taken).toEqual([])
  expect(await state()).toMatchObject({ readAt: null, failure: null })
  await other.query(`select pg_advisory_unlock(${lock})`)
  other.release()
  await until(() => putAway().includes('attendu'))
  expect(taken).toEqual(['attendu'])
})

test.for(['demonstration', 'development'] as const)('in a %s nobody’s mail is read', async (appEnv) => {
  dovecot.deliver(mail('privé'))
  const taken = await reading(undefined, { appEnv })
  await sleep(300)
  expect(taken).toEqual([])
  expect((await state()).readAt).toBeNull()
})
