/** Takes in what a platform tells of an invoice: each message once, however often it comes. */
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { changeDeposit, depositOf, documentNamed, insertStatus } from './queries.ts'
import { readStatus } from './reading-status.ts'

export type Heard = 'done' | 'known' | 'ignored'

/** Whatever is no status of one of our invoices changes nothing: it is said in the process's log alone. */
export async function hear(
  db: CentralDb,
  { clock, log }: Pick<Parts, 'clock' | 'log'>,
  xml: string,
): Promise<{ outcome: Heard; invoiceId?: string; code?: number; reasonCode?: string | null }> {
  const status = readStatus(xml)
  const document = status && (await documentNamed(db, status.number))
  if (
    !status ||
    !document ||
    document.siren !== status.sellerSiren ||
    document.issuedOn !== status.issuedOn
  ) {
    log.warn({ messageId: status?.messageId }, 'a platform told of what is none of our invoices')
    return { outcome: 'ignored' }
  }
  const { invoiceId } = document
  const { messageId, code, reasonCode, reason, rates } = status
  const isNew = await insertStatus(db, {
    invoiceId,
    at: clock.now(),
    kind: kinds[code] ?? 'status',
    code,
    data: {
      messageId,
      ...(reasonCode === null ? {} : { reasonCode }),
      ...(reason === '' ? {} : { reason }),
      ...(rates.length === 0 ? {} : { rates }),
    },
  })
  if (!isNew) return { outcome: 'known', invoiceId, code }
  if (code === 213 || code === 501) {
    const deposit = await depositOf(db, invoiceId)
    if (deposit)
      await changeDeposit(db, deposit.id, {
        state: 'rejected',
        reason: [reasonCode, reason].filter(Boolean).join(' · '),
      })
  }
  await tell(db, { topic: 'invoices', id: invoiceId, needs: 'invoices.read' })
  return { outcome: 'done', invoiceId, code, reasonCode }
}

const kinds: Readonly<Record<number, string>> = {
  200: 'deposited',
  210: 'refused',
  212: 'collected',
  213: 'rejected',
  501: 'rejected',
}
