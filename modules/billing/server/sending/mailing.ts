/** A document leaves by mail: its file goes along, and its life says so. */
import type { DocumentLetter } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import type { StoredAttachment } from '#platform/server/mail-writing.ts'
import type { Parts } from '../parts.ts'
import { enclose } from './enclosures.ts'
import { insertSent } from './queries.ts'

type Sending = Pick<Parts, 'mail' | 'clock' | 'dataDir' | 'vault'>

export type Leaving = {
  letter: DocumentLetter
  name: string
  language: 'fr' | 'en'
  attachment: StoredAttachment
  /** Null: the installation itself. */
  byStaffId: string | null
}

/** As a person's own mail: their words and the file, and nothing that says a machine wrote it. @returns the mail's id */
export const mailDocument = (
  db: CentralDb,
  { mail }: Pick<Sending, 'mail'>,
  { letter: { to, subject, body }, name, language, attachment, byStaffId }: Leaving,
): Promise<string> =>
  mail.send(db, {
    to: { email: to, name },
    language,
    template: 'billing.mail.document',
    subject,
    said: body,
    post: { automatic: byStaffId === null ? 'generated' : 'no', attachments: [attachment] },
  })

/**
 * An issued document to its client, as a renewal sends it too.
 * @param pdf the sealed file
 * @returns the mail's id
 */
export async function mailInvoice(
  db: CentralDb,
  parts: Sending,
  {
    invoiceId,
    pdf,
    file,
    ...about
  }: Omit<Leaving, 'attachment'> & { invoiceId: string; pdf: Buffer; file: string },
): Promise<string> {
  const attachment = await enclose(parts, invoiceId, { name: file, bytes: pdf })
  const mailId = await mailDocument(db, parts, { ...about, attachment })
  await insertSent(db, {
    invoiceId,
    mailId,
    at: parts.clock.now(),
    by: about.byStaffId,
    to: about.letter.to,
  })
  return mailId
}
