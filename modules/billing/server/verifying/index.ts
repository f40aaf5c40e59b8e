/** The verification as the command line asks for it. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { InvoiceContent } from '#contract/billing'
import { openPdfs } from '../pdf/opening.ts'
import type { Pdfs } from '../pdf/pdfs.ts'
import type { SealPlace } from '../pdf/seal.ts'
import type { Chained } from './verify-queries.ts'
import { verifyBilling, type BillingVerification } from './verifying.ts'

export type { BillingVerification } from './verifying.ts'

export async function billingVerification(
  db: CentralDb,
  on: SealPlace & { vault: Vault; remake?: boolean },
): Promise<BillingVerification> {
  const pdfs = openPdfs(on)
  try {
    return await verifyBilling(db, {
      kept: (invoiceId) => pdfs.kept(invoiceId),
      vault: on.vault,
      ...(on.remake === true && { remade: (document: Chained) => remadeBy(pdfs, document) }),
    })
  } finally {
    await pdfs.close()
  }
}

async function remadeBy(
  pdfs: Pick<Pdfs, 'sealed'>,
  { content, xml, sha256, finalisedAt, certificateSha256 }: Chained,
): Promise<Buffer | undefined> {
  const made = await pdfs.sealed({
    // Only its own type is frozen; what is not would have been told of already.
    content: JSON.parse(content) as InvoiceContent,
    xml,
    sha256: sha256.toString('hex'),
    finalisedAt,
  })
  if (!certificateSha256?.equals(made.certificateSha256)) return undefined
  return made.bytes
}
