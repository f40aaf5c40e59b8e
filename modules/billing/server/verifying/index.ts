/** The verification as the command line asks for it, and a way to read the log's word for the end of each chain. */
import { openAudit } from '#server/audit'
import { systemClock } from '#platform/server/clock.ts'
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
  const audit = openAudit({ vault: on.vault, clock: systemClock })
  try {
    return await verifyBilling(db, {
      kept: (invoiceId) => pdfs.kept(invoiceId),
      logged: async (invoiceId) => {
        const lines = await audit.historyOf(db, 'invoice', invoiceId, 50)
        const issued = lines.find(({ verb }) => verb === 'invoice.issued')
        return saidSha256(issued?.after)
      },
    })
  } finally {
    await pdfs.close()
  }
}

const saidSha256 = (after: unknown): string | undefined =>
  typeof after === 'object' && after !== null && 'sha256' in after && typeof after.sha256 === 'string'
    ? after.sha256
    : undefined
