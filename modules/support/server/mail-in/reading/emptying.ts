/**
 * Hands over what lies in INBOX, oldest first, and puts each mail away once whoever takes it is done with it. Nothing is
 * remembered from one time to the next: a crash in between hands the same mail over again, and no renumbering matters.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { Logger } from '#platform/server/log.ts'
import type { IncomingMail } from '../incoming.ts'
import { byHeadAlone, understandApart } from './apart.ts'
import { atOnce, beginningOfLarge, largestWhole } from './connection.ts'

export type Taker = (mail: IncomingMail, raw: Buffer) => Promise<void>

export type Emptying = {
  client: ImapFlow
  /** Where mail is put away. */
  folder: string
  authservId: string | undefined
  take: Taker
  /** How often mails could not be taken before, by `keyOf`: they come last, and hold nobody up. */
  refused: Map<string, number>
  isEnding: () => boolean
  log: Pick<Logger, 'error'>
}

/** After so many in a row it is not the mails. */
const refusedInARow = 3
/** After so many it is the mail. */
const mostTries = 5

/** Where mails lie that nobody can take, until a person looks at them. */
export const refusedFolder = (folder: string) => `${folder}-refused`

/**
 * While mails are taken the next is read already, and the next batch is on its way.
 * @returns what spoke against the first mail that could not be taken; the others were
 * @throws what breaks the way to the server
 */
export async function emptyInbox(on: Emptying): Promise<{ fault: unknown }> {
  const { client } = on
  const lock = await client.getMailboxLock('INBOX')
  try {
    const waiting = await listed(client)
    forgetGone(on, waiting)
    const batches = [...batchesOf(inTurn(on, waiting))]
    const counted: Counted = { inARow: 0, taken: 0, fault: undefined }
    let coming = ahead(() => fetched(client, batches[0] ?? []))
    for (const next of [...batches.slice(1), []]) {
      const mails = await coming
      coming = ahead(() => fetched(client, next))
      const { taken, refused } = await takeAll(on, mails, counted)
      await putAway(client, on.folder, taken)
      await putAway(client, refusedFolder(on.folder), refused)
      if (isOver(on, counted)) break
    }
    await coming
    return { fault: counted.fault }
  } finally {
    lock.release()
  }
}

type Counted = { inARow: number; taken: number; fault: unknown }
/** What became of a mail. */
type Fate = 'taken' | 'refused' | 'left'

const isOver = ({ isEnding }: Emptying, { inARow }: Counted) => isEnding() || inARow >= refusedInARow

/**
 * Several at once, but what one person wrote in its order, and an answer after what it answers.
 * @returns those that were taken, and those that nobody can take
 */
async function takeAll(
  on: Emptying,
  mails: readonly Fetched[],
  counted: Counted,
): Promise<Record<'taken' | 'refused', number[]>> {
  const done: Record<Fate, number[]> = { taken: [], refused: [], left: [] }
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
      .then((fate) => void done[fate].push(fetchedMail.uid))
      .finally(() => running.delete(taking))
    running.add(taking)
    for (const name of [sender, ...(messageId === null ? [] : [messageId])]) before.set(name, taking)
  }
  await Promise.all([...running, coming])
  return done
}

/** Of what they do most is waiting for the database and the disk. */
const takenAtOnce = 4

async function takeOne(
  on: Emptying,
  { uid, raw }: Fetched,
  mail: IncomingMail,
  counted: Counted,
): Promise<Fate> {
  if (isOver(on, counted)) return 'left'
  const key = keyOf(on, uid)
  const took = () => {
    on.refused.delete(key)
    counted.taken++
    return 'taken' as const
  }
  let fault: unknown
  const tryIt = (what: IncomingMail) =>
    on.take(what, raw).then(took, (error: unknown) => {
      on.log.error({ err: error, uid }, 'a mail that came in could not be taken')
      fault = error
      counted.fault ??= error
    })

  if (await tryIt(mail)) {
    counted.inARow = 0
    return 'taken'
  }
  const tries = (on.refused.get(key) ?? 0) + 1
  on.refused.set(key, tries)
  // What is wrong with the mail itself says nothing about the next.
  if ((isItsOwn(fault) || tries >= mostTries) && (await tryIt(withoutWords(mail)))) return 'taken'
  // Where others are taken, neither the disk nor the database is at fault.
  if (isItsOwn(fault) || (tries >= mostTries && counted.taken > 0)) return 'refused'
  counted.inARow++
  return 'left'
}

/** The database says that these values are none, or more than it holds (SQLSTATE, classes 22 and 54): it will say so again. */
function isItsOwn(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(?:22|54)[0-9A-Z]{3}$/.test(code)
}

/** From whom, about what, and no more: a person sees that it came, and opens it as it came. */
const withoutWords = (mail: IncomingMail): IncomingMail => ({
  ...byHeadAlone(mail),
  messageId: null,
  inReplyTo: [],
  references: [],
})

/** Numbers mean something as long as the folder is not numbered anew. */
function keyOf({ client }: Emptying, uid: number): string {
  const validity = client.mailbox === false ? '' : String(client.mailbox.uidValidity)
  return `${validity}:${uid}`
}

function forgetGone(on: Emptying, waiting: readonly Waiting[]): void {
  const there = new Set(waiting.map(({ uid }) => keyOf(on, uid)))
  for (const key of on.refused.keys()) if (!there.has(key)) on.refused.delete(key)
}

/** Begun before it is waited for: what goes wrong meanwhile is told to whoever waits, and to nobody else. */
function ahead<T>(begin: () => Promise<T>): Promise<T> {
  const begun = begin()
  begun.catch(() => undefined)
  return begun
}

/** Those that were refused come last. */
function inTurn(on: Emptying, waiting: readonly Waiting[]): Waiting[] {
  const isOld = ({ uid }: Waiting) => on.refused.has(keyOf(on, uid))
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
  return understandApart({ raw, bytes, receivedAt: at, authservId })
}

/** How many lie there that nobody could take. */
export async function refusedIn(client: ImapFlow, folder: string): Promise<number> {
  // Without any there is no such folder.
  const found = await client.status(refusedFolder(folder), { messages: true }).catch(() => false as const)
  return found === false ? 0 : (found.messages ?? 0)
}

async function putAway(client: ImapFlow, folder: string, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return
  const range = uids.join(',')
  const moved = await client.messageMove(range, folder, { uid: true })
  if (moved !== false) return
  // The folder went, or the mails did.
  await client.mailboxCreate(folder)
  await client.messageMove(range, folder, { uid: true })
}
