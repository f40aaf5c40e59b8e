/**
 * Mail out of the house. What is to be said is rendered, sealed and queued in the caller's transaction: it leaves if and
 * only if that commits. Outside staging and production nothing leaves at all; the outbox shows what would have.
 */
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { sql, type CentralDb } from './db.ts'
import { uuidv7 } from './ids.ts'
import type { Errand, Jobs, Schedule } from './jobs.ts'
import type { Logger } from './log.ts'
import { isRefusedForGood, messageIdOf, openPostman, type Postman } from './mail-postman.ts'
import { oneLine, writeLetter, type Letter, type StoredAttachment, type Written } from './mail-writing.ts'
import { tell } from './news.ts'
import type { Sentences } from './sentences.ts'
import { sealedFiles } from './tenant-files.ts'
import type { Vault } from './vault.ts'

export type Mail = {
  /**
   * @returns the mail's id
   * @throws when the address could not be one: whoever asks for it checked it before
   * @example
   * await mail.send(ctx.db, {
   *   to: { email, name }, language, staffId,
   *   template: 'identity.mail.password_reset', values: { name }, action: { url },
   * })
   */
  send(db: CentralDb, letter: Letter): Promise<string>
  /** The Message-ID that a mail leaves with, without its angles. */
  messageId(id: string): string
  /** Is told, in the process that runs jobs, of what our own mail server will never take. */
  whenLost(hear: (mail: { id: string; said: string }) => Promise<void>): void
  /** What a captured mail says. */
  open(mail: { id: string; bodySealed: Uint8Array }): Written
  /** What the process that runs jobs does for it. */
  errands: readonly Errand[]
  schedules: readonly Schedule[]
}

/** Days a captured mail can be read, and after which one that was never sent is given up. */
const daysCaptured = 30
const daysQueued = 3

export function openMail(on: {
  config: Pick<Config, 'appEnv' | 'smtpUrl' | 'mailFrom'>
  db: CentralDb
  vault: Vault
  sentences: Sentences
  clock: Clock
  log: Logger
  jobs: () => Jobs
  /** Where files that mails bring lie sealed. */
  dataDir?: string
  /** Seconds before a mail that did not go is tried again the first time. */
  retryDelay?: number
}): Mail {
  const { db, vault, clock, log } = on
  const { appEnv, smtpUrl } = on.config
  const mayLeave = appEnv === 'production' || appEnv === 'staging'
  const postman = mayLeave && smtpUrl !== undefined ? openPostman(smtpUrl, on.config.mailFrom) : undefined

  const listeners: ((mail: { id: string; said: string }) => Promise<void>)[] = []

  /** A mail that does not go within two hours carries a link that is stale by then. */
  const sending = { name: 'mail', retries: 8, retryDelay: on.retryDelay ?? 30, secondsATry: 90 }

  /**
   * At least once: a process that dies after the server took the mail and before it is written down sends it again. The
   * Message-ID stays the same, by which mailboxes tell that they have it.
   */
  async function deliver(by: Postman, id: string, isLast: boolean): Promise<void> {
    const mail = await db
      .selectFrom('outgoingMails')
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .select(['id', 'toEmail', 'toName', 'language', 'subject', 'bodySealed'])
      .executeTakeFirst()
    if (!mail?.bodySealed) return
    try {
      const { post = {}, ...body } = opened({ id, bodySealed: mail.bodySealed })
      const { attachments = [], ...posting } = post
      const files = await Promise.all(attachments.map(read))
      await by.deliver({ ...mail, ...body, post: posting, attachments: files, at: clock.now() })
    } catch (error) {
      const isOver = isLast || isRefusedForGood(error)
      await settle(id, isOver ? 'failed' : 'queued', reasonOf(error))
      log.warn({ mail: id, code: codeOf(error), over: isOver }, 'a mail could not be handed over')
      if (isOver) return
      throw error
    }
    await settle(id, 'sent', null)
  }

  /** One mail's files are in memory at once, and no longer than it takes to hand them over. */
  async function read({ name, mediaType, store, folder, file }: StoredAttachment) {
    if (on.dataDir === undefined) throw new Error('a mail brings files, and there is no place they lie in')
    const content = await buffer(await sealedFiles(join(on.dataDir, store)).open(folder, file, vault))
    return { filename: name, content, contentType: mediaType }
  }

  /** Writes down how a try ended; what was sent, or never will be, keeps its line without what it said. */
  async function settle(id: string, state: 'queued' | 'sent' | 'failed', lastError: string | null) {
    await db
      .updateTable('outgoingMails')
      .set({
        state,
        lastError,
        tries: sql<number>`tries + 1`,
        ...(state === 'sent' ? { sentAt: sql<Date>`now()` } : {}),
        ...(state === 'queued' ? {} : erased),
      })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
    await tell(db, { topic: 'mails', needs: 'mail.read', id })
    if (state === 'failed') await Promise.all(listeners.map((hear) => hear({ id, said: lastError ?? '' })))
  }

  async function sweep(handle: CentralDb): Promise<void> {
    await handle
      .updateTable('outgoingMails')
      .set(erased)
      .where('state', '=', 'captured')
      .where('bodySealed', 'is not', null)
      .where('createdAt', '<', daysAgo(daysCaptured))
      .execute()
    // No worker ran, or the queue lost it: the link it carries must not lie here for ever.
    await handle
      .updateTable('outgoingMails')
      .set({ ...erased, state: 'failed', lastError: sql<string>`coalesce(last_error, 'never tried')` })
      .where('state', '=', 'queued')
      .where('createdAt', '<', daysAgo(daysQueued))
      .execute()
  }

  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 24 * 3600_000)

  function opened({ id, bodySealed }: { id: string; bodySealed: Uint8Array }): Written {
    return JSON.parse(vault.open(bodySealed, placeOf(id)).toString()) as Written // as send() wrote it
  }

  return {
    async send(transaction, letter) {
      const id = uuidv7()
      const { to, language, subject, ...body } = writeLetter(on.sentences, letter)
      await transaction
        .insertInto('outgoingMails')
        .values({
          id,
          template: letter.template,
          language,
          toEmail: to.email,
          toName: to.name,
          staffId: letter.staffId ?? null,
          subject,
          bodySealed: vault.seal(Buffer.from(JSON.stringify(body satisfies Written)), placeOf(id)),
          state: postman ? 'queued' : 'captured',
        })
        .execute()
      if (postman) await on.jobs().send(transaction, sending, id)
      await tell(transaction, { topic: 'mails', needs: 'mail.read', id })
      return id
    },
    messageId: (id) => messageIdOf(id, on.config.mailFrom),
    whenLost: (hear) => void listeners.push(hear),
    open: opened,
    errands: postman ? [{ ...sending, run: (id, { isLast }) => deliver(postman, id, isLast) }] : [],
    schedules: [{ name: 'mails-sweep', cron: '23 * * * *', run: sweep }],
  }
}

const erased = { bodySealed: null, erasedAt: sql<Date>`now()` }

const placeOf = (id: string) => `outgoing_mails.body:${id}`

/** What went wrong, with the mail server's answer, for the outbox: one line, and no more of it than one reads. */
function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error)).slice(0, 300)
}

/** For the log, which knows no address: a server's answer often repeats it. */
function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return [code ?? 'unknown', responseCode].filter((part) => part !== undefined).join(' ')
}
