/** What is wrong with an archive: the keys of sentences, `tenancy.trouble.<code>`. */
export type DamageCode = 'archive_unknown' | 'archive_foreign' | 'archive_damaged'

/** An archive that is not taken: nothing of it is used. The message says where, for technicians. */
export class ArchiveRefused extends Error {
  readonly code: DamageCode
  constructor(code: DamageCode, where: string) {
    super(where)
    this.code = code
  }
}
