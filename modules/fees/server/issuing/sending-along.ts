import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { sha256Of, type NoteContent } from './content.ts'
import { printNote } from './printing.ts'

export type SentNote = {
  number: string
  patientId: string
  /** By name, as it was frozen; null where it is addressed to the patient. */
  payer: string | null
  issuedOn: string
  pdf: () => Buffer
}

/**
 * A fee note to be sent along with a message: printed from what was frozen, when it is asked for.
 * @returns undefined for one that is not there, or was cancelled
 */
export async function noteToSend(db: TenantTables<'feeNotes'>, id: string): Promise<SentNote | undefined> {
  const note = await db
    .selectFrom('feeNotes')
    .where('id', '=', id)
    .where('cancelledAt', 'is', null)
    .select(['number', 'patientId', 'content', 'contentSha256', sql<string>`issued_on::text`.as('issuedOn')])
    .executeTakeFirst()
  if (!note) return undefined
  const content = note.content as unknown as NoteContent // frozen as such when it was issued
  return {
    number: note.number,
    patientId: note.patientId,
    payer: content.payer,
    issuedOn: note.issuedOn,
    pdf() {
      if (!sha256Of(content).equals(note.contentSha256))
        throw new Error(`the content of fee note ${id} was changed`)
      const { body } = printNote(content, { state: 'issued' }, 'pdf')
      if (!Buffer.isBuffer(body)) throw new Error('a printed note is bytes')
      return body
    },
  }
}
