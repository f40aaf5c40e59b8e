// A file someone sent, found again: theirs alone, and gone after a day.
import type { Files } from '#platform/server/files.ts'
import { sql, type Tables } from '#platform/server/db.ts'
import { found, refuse } from '#platform/server/requests.ts'
import { fileGone } from '#platform/contract/jobs.ts'
import type { ImportSource } from './source.ts'

/** Tells an uploaded import from the files that jobs make. */
export const uploadedFor = 'clients.import'
export const uploadedType = 'text/csv; import'

export async function storedImport(
  db: Tables<'storedFiles'>,
  files: Files,
  wanted: { id: string; staffId: string },
): Promise<ImportSource> {
  const { name, storageKey, expired } = found(
    await db
      .selectFrom('storedFiles')
      .where('id', '=', wanted.id)
      .where('staffId', '=', wanted.staffId)
      .where('mediaType', '=', uploadedType)
      .select(['name', 'storageKey', sql<boolean>`expires_at < now()`.as('expired')])
      .executeTakeFirst(),
  )
  if (expired) throw refuse(fileGone)
  return {
    name,
    async *open() {
      yield* (await files.read(storageKey)) as AsyncIterable<Uint8Array> // a readable of bytes
    },
  }
}
