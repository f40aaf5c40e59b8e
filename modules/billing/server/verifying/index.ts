/** The verification as the command line asks for it. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { openPdfs } from '../pdf/opening.ts'
import { verifyBilling, type BillingVerification } from './verifying.ts'

export type { BillingVerification } from './verifying.ts'

export async function billingVerification(
  db: CentralDb,
  on: { dataDir: string; vault: Vault },
): Promise<BillingVerification> {
  const pdfs = openPdfs(on)
  try {
    return await verifyBilling(db, { kept: (invoiceId) => pdfs.kept(invoiceId), vault: on.vault })
  } finally {
    await pdfs.close()
  }
}
