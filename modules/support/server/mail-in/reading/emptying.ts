/**
 * Hands over what lies in INBOX, oldest first, and puts each mail away once whoever takes it is done with it. Nothing is
 * remembered from one time to the next: a crash in between hands the same mail over again, and no renumbering matters.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { Logger } from '#platform/server/log.ts'
import type { IncomingMail } from '../incoming.ts'
import { atOnce, beginningOfLarge, largestWhole } from './connection.ts'
import { understand } from './understanding.ts'

export type Taker = (mail: IncomingMail, raw: Buffer) => Promise<void>

export type Emptying = {
  client: ImapFlow
  /** Where mail is put away. */
  folder: string
  authservId: string | undefined
  take: Taker
  /** Mails that could not be taken before: they come last, and hold nobody up. */
  refused: Set<number>
  isEnding: () => boolean
  log: Pick<Logger, 'error'>
}

/** After so many in a row it is not the mails. */
const refusedInARow = 3

/**
 * While mails are taken the next is read already, and the next batch is on its way.
 * @returns what spoke against the first mail that could not be taken; the others were
 * @throws what breaks the way to the server
 */
export async function emptyInbox(on: Emptying): Promise<{ fault: unknown }> {
  const { client } = on
  const lock = await client.getMailboxLock('INBOX')
  try {
    const batches = [...batchesOf(inTurn(await listed(client), on.refused))]
    const counted = { inARow: 0, fault: undefined as unknown }
    let coming = ahead(() => fetched(client, batches[0] ?? []))
    for (const next of [...batches.slice(1), []]) {
      const mails = await coming
      coming = ahead(() => fetched(client, next))
      await putAway(on, await takeAll(on, mails, counted))
      if (isOver(on, counted)) break
    }
    await coming
    return { fault: counted.fault }
  } finally {
    lock.release()
  }
}

type Counted = { inARow: number; fault: unknown }

const isOver = ({ isEnding }: Emptying, { inARow }: Counted) => isEnding() || inARow >= refusedInARow

/**
 * Several at once, but what one person wrote in its order, and an answer after what it answers.
 * @returns those that were taken
 */
async function takeAll(on: Emptying, mails: readonly Fetched[], counted: Counted): Promise<number[]> {
  const taken: number[] = []
  const running = new Set<Promise<void>>()
  const before = new Map<string, Promise<void>>()
  let coming = ahead(() => readOf(on, mails[0]))
  for (const [at, fetchedMail] of mails.entries()) {
    const mail = await coming
    while (running.size >= takenAtOnce) await Promise.race(running)
    if (isOver(on, counted) || !mail) break
    coming = ahead(() => readOf(on, mails[at + 1]))
    const { messageId, inReplyTo, references } = mail
    const sender = `from ${mail.from?.email ?? ''}`
    const awaited = [sender, ...inReplyTo, ...references].map((name) => before.get(name))
    const taking = Promise.all(awaited)
      .then(() => takeOne(on, fetchedMail, mail, counted))
      .then((isTaken) => {
        if (isTaken) taken.push(fetchedMail.uid)
      })
      .finally(() => running.delete(taking))
    running.add(taking)
    for (const name of [sender, ...(messageId === null ? [] : [messageId])]) before.set(name, taking)
  }
  await Promise.all([...running, coming])
  return taken
}

/** Of what they do most is waiting for the database and the disk. */
const takenAtOnce = 4

async function takeOne(
  on: Emptying,
  { uid, raw }: Fetched,
  mail: IncomingMail,
  counted: Counted,
): Promise<boolean> {
  if (isOver(on, counted)) return false
  try {
    await on.take(mail, raw)
  } catch (error) {
    on.log.error({ err: error, uid }, 'a mail that came in could not be taken')
    on.refused.add(uid)
    counted.fault ??= error
    counted.inARow++
    return false
  }
  on.refused.delete(uid)
  counted.inARow = 0
  return true
}

/** Begun before it is waited for: what goes wrong meanwhile is told to whoever waits, and to nobody else. */
function ahead<T>(begin: () => Promise<T>): Promise<T> {
  const begun = begin()
  begun.catch(() => undefined)
  return begun
}

/** Those that were refused come last. */
function inTurn(waiting: readonly Waiting[], refused: ReadonlySet<number>): Waiting[] {
  const isOld = ({ uid }: Waiting) => refused.has(uid)
  return [...waiting.filter((mail) => !isOld(mail)), ...waiting.filter(isOld)]
}

type Waiting = { uid: number; size: number; at: Date }

async function listed(client: ImapFlow): Promise<Waiting[]> {
  // 1:* of an empty mailbox is an error to some servers.
  if (client.mailbox === false || client.mailbox.exists === 0) return []
  const all = await client.fetchAll('1:*', { uid: true, size: true, internalDate: true })
  return all
    .map(({ uid, size = 0, internalDate }) => ({ uid, size, at: dateOf(internalDate) }))
    .toSorted((a, b) => a.uid - b.uid)
}

function dateOf(said: Date | string | undefined): Date {
  const at = new Date(said ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? new Date() : at
}

function* batchesOf(waiting: readonly Waiting[]): Generator<Waiting[]> {
  let batch: Waiting[] = []
  let bytes = 0
  for (const mail of waiting) {
    const isOver = bytes + mail.size > atOnce.bytes || batch.length >= atOnce.mails
    if (isOver && batch.length > 0) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(mail)
    bytes += mail.size
  }
  if (batch.length > 0) yield batch
}

type Fetched = Waiting & { raw: Buffer }

/** What went meanwhile is not among them. */
async function fetched(client: ImapFlow, batch: readonly Waiting[]): Promise<Fetched[]> {
  if (batch.length === 0) return []
  const [only] = batch
  const isLarge = batch.length === 1 && only !== undefined && only.size > largestWhole
  const source = isLarge ? { start: 0, maxLength: beginningOfLarge } : true
  const range = batch.map(({ uid }) => uid).join(',')
  const found = await client.fetchAll(range, { uid: true, source }, { uid: true })
  const byUid = new Map(found.map((mail: FetchMessageObject) => [mail.uid, mail.source]))
  return batch.flatMap((mail) => {
    const raw = byUid.get(mail.uid)
    return raw ? [{ ...mail, raw }] : []
  })
}

async function readOf(
  { authservId }: Emptying,
  mail: Fetched | undefined,
): Promise<IncomingMail | undefined> {
  if (!mail) return undefined
  const { raw, size, at } = mail
  // Some servers count otherwise than they send: only of what was cut off is the number theirs.
  const bytes = size > largestWhole ? Math.max(size, raw.length + 1) : raw.length
  return understand({ raw, bytes, receivedAt: at, authservId })
}

async function putAway({ client, folder }: Emptying, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return
  const range = uids.join(',')
  const moved = await client.messageMove(range, folder, { uid: true })
  if (moved !== false) return
  // The folder went, or the mails did.
  await client.mailboxCreate(folder)
  await client.messageMove(range, folder, { uid: true })
}
