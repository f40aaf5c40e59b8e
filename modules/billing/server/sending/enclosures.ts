/** Files that a mail takes along: kept sealed until it has left, and a month for whoever looks at what was sent. */
import { join } from 'node:path'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { StoredAttachment } from '#platform/server/mail-writing.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import type { Parts } from '../parts.ts'

type Enclosing = Pick<Parts, 'dataDir' | 'vault' | 'clock'>

const store = 'billing-mails'
const daysKept = 31

/** @param folder the document's id */
export async function enclose(
  { dataDir, vault, clock }: Enclosing,
  folder: string,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<StoredAttachment> {
  const file = uuidv7(clock.now().getTime())
  await sealedFiles(join(dataDir, store)).put(folder, file, bytes, vault)
  return { name, mediaType: 'application/pdf', store, folder, file }
}

/** A file's id says when it was put there (RFC 9562 section 5.7): what no mail can need any more goes. */
export const sweepingEnclosures = ({ dataDir, clock }: Enclosing): Schedule => ({
  name: 'billing-mail-files',
  cron: '47 3 * * *',
  run: async () => {
    const files = sealedFiles(join(dataDir, store))
    const before = clock.now().getTime() - daysKept * 86_400_000
    for (const folder of await files.tenants())
      for (const file of await files.list(folder)) if (madeAt(file) < before) await files.remove(folder, file)
  },
})

const madeAt = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
