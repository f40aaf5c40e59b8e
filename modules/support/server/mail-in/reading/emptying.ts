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

/** @throws what the server or whoever takes it says, once all that could be taken was */
export async function emptyInbox(on: Emptying): Promise<number> {
  const { client, refused, isEnding } = on
  const lock = await client.getMailboxLock('INBOX')
  try {
    const waiting = await listed(client)
    const order = [
      ...waiting.filter(({ uid }) => !refused.has(uid)),
      ...waiting.filter(({ uid }) => refused.has(uid)),
    ]
    let [taken, inARow, fault] = [0, 0, undefined as unknown]
    for (const batch of batchesOf(order)) {
      if (isEnding() || inARow >= refusedInARow) break
      const done: number[] = []
      for (const mail of await fetched(client, batch)) {
        if (isEnding() || inARow >= refusedInARow) break
        try {
          await hand(on, mail)
          done.push(mail.uid)
          refused.delete(mail.uid)
          inARow = 0
        } catch (error) {
          on.log.error({ err: error, uid: mail.uid }, 'a mail that came in could not be taken')
          refused.add(mail.uid)
          fault ??= error
          inARow++
        }
      }
      await putAway(on, done)
      taken += done.length
    }
    if (fault !== undefined) throw fault
    return taken
  } finally {
    lock.release()
  }
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

async function hand({ take, authservId }: Emptying, { raw, size, at }: Fetched): Promise<void> {
  // Some servers count otherwise than they send: only of what was cut off is the number theirs.
  const bytes = size > largestWhole ? Math.max(size, raw.length + 1) : raw.length
  await take(await understand({ raw, bytes, receivedAt: at, authservId }), raw)
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
