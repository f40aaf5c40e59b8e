import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'files' | 'profiles'>

export type FileRow = Awaited<ReturnType<typeof fileRows>>[number]

function files(db: Db) {
  return db
    .selectFrom('files')
    .leftJoin('profiles', 'profiles.memberId', 'files.addedBy')
    .select([
      'files.id',
      'name',
      'mediaType',
      'bytes',
      'sha256',
      'addedAt',
      sql<string | null>`first_name || ' ' || last_name`.as('addedBy'),
    ])
}

export async function fileRows(db: Db, limit: number) {
  return files(db).orderBy('addedAt', 'desc').orderBy('files.id', 'desc').limit(limit).execute()
}

export async function fileRow(db: Db, id: string) {
  return files(db).where('files.id', '=', id).executeTakeFirst()
}

export async function filesCounted(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('files')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function insertFile(
  db: Db,
  file: {
    id: string
    name: string
    mediaType: string
    bytes: number
    sha256: Buffer
    addedBy: string
    addedAt: Date
  },
) {
  await db.insertInto('files').values(file).execute()
}

export async function deleteFile(db: Db, id: string): Promise<{ name: string } | undefined> {
  return db.deleteFrom('files').where('id', '=', id).returning('name').executeTakeFirst()
}
