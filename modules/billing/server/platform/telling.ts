/** « Encaissée » is ours to tell: what was collected, a rate each, once (XP Z12-012, BR-FR-CDV-14). */
import type { InvoiceContent } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import type { ApprovedPlatform } from './approved-platform.ts'
import { statusMessage } from './life-cycle.ts'
import { collectedToTell, insertStatus } from './queries.ts'

const aBatch = 500
const daysBack = 60

/** @returns how many were told */
export async function tellCollected(
  db: CentralDb,
  { clock }: Pick<Parts, 'clock'>,
  platform: ApprovedPlatform,
): Promise<number> {
  const now = clock.now()
  const waiting = await collectedToTell(db, new Date(now.getTime() - daysBack * 86_400_000), aBatch)
  for (const { eventId, invoiceId, at, data, content } of waiting) {
    const { number, typeCode, issuedOn, seller, buyer } = JSON.parse(content) as InvoiceContent // only the freezer writes it
    const messageId = `${number}_212_${eventId}`
    const xml = statusMessage({
      id: messageId,
      code: 212,
      at,
      invoice: { number, typeCode, issuedOn },
      seller: { siren: seller.siren, address: seller.electronicAddress.value },
      buyer: {
        siren: buyer.siren ?? '',
        name: buyer.name,
        address: buyer.electronicAddress?.value ?? buyer.siren ?? '',
      },
      rates: ratesIn(data),
    })
    await platform.tell({ key: messageId, xml })
    // Told twice is told once: the platform knows the message by its name, and so do we.
    await insertStatus(db, {
      invoiceId,
      at: now,
      kind: 'passed_on',
      code: null,
      data: { eventId, messageId },
    })
  }
  return waiting.length
}

/** As payments write them down. */
export function ratesIn(data: Record<string, unknown>): { basisPoints: number; amountCents: number }[] {
  const rates = Array.isArray(data['rates']) ? (data['rates'] as unknown[]) : []
  return rates.filter(
    (rate): rate is { basisPoints: number; amountCents: number } =>
      typeof rate === 'object' && rate !== null && 'basisPoints' in rate && 'amountCents' in rate,
  )
}
