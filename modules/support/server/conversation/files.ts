/** The files that are sent along: their rows in the database, their bytes sealed in DATA_DIR/support-files/<ticket>/<file>. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import {
  attachmentGone,
  attachmentLimit,
  attachmentRefused,
  previewed,
  tooManyAttachments,
  type TicketAttachment,
} from '#contract/support'
import type { ReceivedFile } from '#platform/contract/endpoint.ts'
import { attachment } from '#platform/server/attachment.ts'
import type { CentralDb, Tables } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { refuse, Stream, WrongField } from '#platform/server/requests.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import type { Parts } from '../parts.ts'
import {
  deleteForgotten,
  giveToMessage,
  holdUploads,
  insertAttachment,
  keysNamed,
  waitingCounted,
  waitingOf,
  type Owner,
} from './attachment-queries.ts'
import { plainName } from './naming.ts'
import type { AttachmentRow } from './queries.ts'
import { typeOf } from './sniffing.ts'

type Db = Tables<'ticketAttachments'>

/**
 * Ten wait for one message of the team, who takes away what it does not want. A customer only leaves it unsent; and
 * everybody may write in several tickets at once.
 */
const waitingAtMost = attachmentLimit.count * 3
const hoursWaiting = 24

export type TicketFiles = ReturnType<typeof ticketFiles>

/** What was put on the disk, before there is a row. */
export type Kept = Omit<AttachmentRow, 'messageId' | 'byStaffId' | 'byMemberId' | 'createdAt'>

export function ticketFiles({
  dataDir,
  vault,
  clock,
  log,
}: Pick<Parts, 'dataDir' | 'vault' | 'clock' | 'log'>) {
  const disk = sealedFiles(join(dataDir, 'support-files'))

  const remove = async (storageKey: string) => {
    const [folder = '', name = ''] = storageKey.split('/')
    await disk.remove(folder, name)
  }

  return {
    /** Outside any transaction: the bytes are there before a row says so. @throws Refused */
    async keep(db: Db, owner: Owner, ticketId: string, said: string, file: ReceivedFile): Promise<Kept> {
      await refuseTooMany(db, owner, ticketId)
      const bytes = await readFile(file.path)
      const name = plainName(said)
      const mediaType = typeOf(bytes, name)
      if (!mediaType) throw refuse(attachmentRefused)
      const id = uuidv7(clock.now().getTime())
      const { sha256 } = await disk.put(ticketId, id, bytes, vault)
      return { id, ticketId, name, mediaType, bytes: bytes.length, sha256, storageKey: `${ticketId}/${id}` }
    },

    /** @throws Refused when enough wait already: its bytes do not stay for that */
    async add(db: Db, owner: Owner, kept: Kept): Promise<TicketAttachment> {
      await holdUploads(db, owner)
      try {
        await refuseTooMany(db, owner, kept.ticketId)
      } catch (error) {
        await remove(kept.storageKey)
        throw error
      }
      await insertAttachment(db, { ...kept, owner, createdAt: clock.now() })
      return shownAttachment({ ...kept })
    },

    /** @throws Refused where the bytes are not there any more */
    async answer(row: AttachmentRow): Promise<Stream> {
      const [folder = '', name = ''] = row.storageKey.split('/')
      const bytes = await disk
        .open(folder, name, vault)
        .then(buffer)
        .catch((error: unknown) => {
          // What the system has against it passes; what is lost or damaged stays so.
          if (error instanceof Error && 'syscall' in error) throw error
          log.warn(
            { err: error, attachment: row.id },
            'a file that was sent along is missing or does not open',
          )
          throw refuse(attachmentGone)
        })
      const isPicture = previewed.includes(row.mediaType)
      return new Stream(bytes, {
        'content-type': isPicture ? row.mediaType : 'application/octet-stream',
        'content-length': String(bytes.length),
        'content-disposition': isPicture
          ? attachment(row.name).replace(/^attachment/, 'inline')
          : attachment(row.name),
        // Opened by its address it is a page of this host, which may do nothing at all.
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      })
    },

    remove,

    /** What waited for a message for a day, and what a process that died left without a row. */
    async sweep(db: CentralDb): Promise<number> {
      const before = new Date(clock.now().getTime() - hoursWaiting * 3_600_000)
      const forgotten = await deleteForgotten(db, before)
      for (const { storageKey } of forgotten) await remove(storageKey)
      for (const folder of await disk.tenants()) {
        const old = (await disk.list(folder)).filter((name) => madeAt(name) < before.getTime())
        const keys = old.map((name) => `${folder}/${name}`)
        const named = await keysNamed(db, keys)
        for (const key of keys) if (!named.has(key)) await remove(key)
      }
      return forgotten.length
    },
  }
}

/** A UUID of version 7 begins with the millisecond it was made in (RFC 9562, section 5.7). */
const madeAt = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

async function refuseTooMany(db: Db, owner: Owner, ticketId: string): Promise<void> {
  const here = 'staffId' in owner ? (await waitingOf(db, owner, ticketId)).length : 0
  if (here >= attachmentLimit.count || (await waitingCounted(db, owner)) >= waitingAtMost) throw tooMany()
}

const tooMany = () => refuse(tooManyAttachments, { values: { most: attachmentLimit.count } })

/** Hands them to the message that brings them. @throws Refused, WrongField where one is not there any more */
export async function attach(
  db: Db,
  owner: Owner,
  to: { ticketId: string; messageId: string; ids: readonly string[] },
): Promise<void> {
  const ids = [...new Set(to.ids)]
  if (ids.length > attachmentLimit.count) throw tooMany()
  if ((await giveToMessage(db, owner, { ...to, ids })) < ids.length)
    throw new WrongField('body', 'attachmentIds', 'attachment_gone')
}

export const shownAttachment = ({
  id,
  name,
  mediaType,
  bytes,
}: Pick<AttachmentRow, 'id' | 'name' | 'mediaType' | 'bytes'>): TicketAttachment => ({
  id,
  name,
  mediaType,
  bytes: Number(bytes),
})

export const sweepingFiles = (files: TicketFiles): Schedule => ({
  name: 'support-files-sweep',
  cron: '41 * * * *',
  run: async (db) => void (await files.sweep(db)),
})
