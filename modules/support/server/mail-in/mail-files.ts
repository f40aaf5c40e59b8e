/** The mails themselves, and the files they bring: sealed on the disk, before a row says that they are there. */
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { uuidv7 } from '#platform/server/ids.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import type { Kept } from '../conversation/files.ts'
import type { Parts } from '../parts.ts'
import type { IncomingFile } from './incoming.ts'

export type MailFiles = ReturnType<typeof mailFiles>

/** What no row names in the end is swept away with all others that wait in vain (`conversation/files.ts`). */
export function mailFiles({ dataDir, vault, clock }: Pick<Parts, 'dataDir' | 'vault' | 'clock'>) {
  const disk = sealedFiles(join(dataDir, 'support-files'))
  return {
    /** The mail as it came. @returns its storage key */
    async keepWhole(id: string, raw: Buffer): Promise<string> {
      await disk.put(id, id, raw, vault)
      return `${id}/${id}`
    },

    /** Undefined where it is lost or damaged. */
    async whole(storageKey: string): Promise<Buffer | undefined> {
      const [folder = '', name = ''] = storageKey.split('/')
      return disk
        .open(folder, name, vault)
        .then(buffer)
        .catch(() => undefined)
    },

    async removeWhole(storageKey: string): Promise<void> {
      const [folder = '', name = ''] = storageKey.split('/')
      await disk.remove(folder, name)
    },

    /** Those that are taken, by their bytes as everybody's. */
    async keep(ticketId: string, files: readonly IncomingFile[]): Promise<Kept[]> {
      const kept: Kept[] = []
      for (const { name, mediaType, bytes, content, why } of files) {
        if (why !== null || mediaType === null) continue
        const id = uuidv7(clock.now().getTime())
        const { sha256 } = await disk.put(ticketId, id, content, vault)
        kept.push({ id, ticketId, name, mediaType, bytes, sha256, storageKey: `${ticketId}/${id}` })
      }
      return kept
    },
  }
}
