import {
  answerInSandbox,
  depositInvoice,
  depositWaiting,
  getInvoicePlatform,
  invoiceDeposited,
  invoiceNotDeposited,
  invoiceNotForPlatform,
  listDeposits,
  reasonsOf,
  statusReasonMissing,
  type Deposit,
  type InvoiceContent,
} from '#contract/billing'
import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import { platformOf } from './approved-platform.ts'
import { handOver, obligatoryFrom } from './depositing.ts'
import { hear } from './hearing.ts'
import { statusMessage } from './life-cycle.ts'
import {
  countToHand,
  depositOf,
  depositsPage,
  documentToHand,
  statusesOf,
  toHand,
  xmlOf,
  type DepositRow,
} from './queries.ts'
import { ratesIn } from './telling.ts'

const atATime = 1_000
const Place = z.object({ key: z.string().max(60), id: Id })

export function deposits(parts: Parts): readonly Handler[] {
  const platform = platformOf(parts.environment)
  const connected = () => found(platform)
  const standing = { connected: platform !== null, sandbox: platform?.isSandbox ?? false }

  return [
    handle(getInvoicePlatform, async (ctx, { params: { id } }) => {
      const document = found(await documentToHand(ctx.db, id, within(ctx.actor, 'invoices.read')))
      const [deposit, statuses] = await Promise.all([depositOf(ctx.db, id), statusesOf(ctx.db, id)])
      return {
        ...standing,
        concerns: concernOf(document),
        deposit: deposit ? shown(deposit) : null,
        statuses: statuses.map(({ code, at, data, passedOn }) => ({
          code,
          at: at.toISOString(),
          reasonCode: textIn(data, 'reasonCode'),
          reason: textIn(data, 'reason') ?? '',
          rates: ratesIn(data),
          passedOn,
        })),
      }
    }),

    handle(depositInvoice, async (ctx, { params: { id } }) => {
      const to = connected()
      const document = found(await documentToHand(ctx.db, id, within(ctx.actor, 'invoices.read')))
      const { companyId, xmlSha256, betweenProfessionals } = document
      if (companyId === null || xmlSha256 === null || !betweenProfessionals)
        throw refuse(invoiceNotForPlatform)
      // What was rejected stays rejected: it is credited, and invoiced again under a new number.
      if (await depositOf(ctx.db, id)) throw refuse(invoiceDeposited)
      const deposit = await handOver(ctx.db, parts, to, { companyId, invoiceId: id, xmlSha256 })
      if (!deposit) throw refuse(invoiceDeposited)
      ctx.record({ object: 'invoice', id, after: { platform: to.name } })
      return shown(deposit)
    }),

    handle(listDeposits, async (ctx, { query: { state, after, limit } }) => {
      const { rows, total } = await depositsPage(ctx.db, {
        state,
        after: readCursor(Place, after),
        limit,
      })
      const last = rows.at(-1)
      return {
        ...standing,
        toDeposit: await countToHand(ctx.db),
        obligatoryFrom,
        rows: rows.map((row) => ({
          ...shown(row),
          invoice: {
            id: row.invoiceId ?? '',
            number: row.number ?? '',
            issuedOn: row.issuedOn ?? '',
            inclCents: row.totalInclCents ?? 0,
          },
          client: { id: row.clientId, name: row.client },
          status: row.status,
        })),
        total,
        totalIsExact: true,
        next: last && rows.length === limit ? cursorOf({ key: last.sortKey, id: last.id }) : null,
      }
    }),

    handle(depositWaiting, async (ctx) => {
      const to = connected()
      const waiting = await toHand(ctx.db, null, atATime)
      for (const one of waiting) await handOver(ctx.db, parts, to, one)
      ctx.record({ object: 'platform_deposit', count: waiting.length, after: { platform: to.name } })
      return { queued: waiting.length, left: await countToHand(ctx.db) }
    }),

    handle(answerInSandbox, async (ctx, { body: { invoiceId, code, reasonCode, reason } }) => {
      found(connected().isSandbox || undefined)
      found(await documentToHand(ctx.db, invoiceId, within(ctx.actor, 'invoices.read')))
      const deposit = await depositOf(ctx.db, invoiceId)
      const document = await xmlOf(ctx.db, invoiceId)
      if (deposit?.state !== 'deposited' || !document) throw refuse(invoiceNotDeposited)
      const reasons = reasonsOf(code)
      if (reasons.length > 0 && (reasonCode === null || !reasons.includes(reasonCode)))
        throw refuse(statusReasonMissing, { details: { reasons } })
      const { number, typeCode, issuedOn, seller, buyer, vat } = JSON.parse(
        document.content,
      ) as InvoiceContent // only the freezer writes it
      const now = ctx.clock.now()
      const { outcome } = await hear(
        ctx.db,
        parts,
        statusMessage({
          id: `sandbox_${number}_${code}_${now.getTime()}`,
          code,
          at: now,
          invoice: { number, typeCode, issuedOn },
          seller: { siren: seller.siren, address: seller.electronicAddress.value },
          buyer: {
            siren: buyer.siren ?? '',
            name: buyer.name,
            address: buyer.electronicAddress?.value ?? '',
          },
          reason: reasons.length > 0 && reasonCode !== null ? { code: reasonCode, text: reason } : null,
          rates:
            code === 212
              ? vat.map(({ basisPoints, baseCents, vatCents }) => ({
                  basisPoints,
                  amountCents: baseCents + vatCents,
                }))
              : [],
        }),
      )
      ctx.record({ object: 'invoice', id: invoiceId, after: { code, reasonCode } })
      return { outcome: outcome === 'known' ? ('known' as const) : ('done' as const) }
    }),
  ]
}

export const shown = (row: DepositRow): Deposit => ({
  id: row.id,
  state: row.state as Deposit['state'], // the column's CHECK holds the same three
  platform: row.platform,
  platformId: row.platformId,
  reason: row.reason,
  attempts: row.attempts,
  createdAt: row.createdAt.toISOString(),
  depositedAt: row.depositedAt?.toISOString() ?? null,
})

const concernOf = (document: { companyId: string | null; betweenProfessionals: boolean | null }) => {
  if (document.companyId === null) return 'none' as const
  return document.betweenProfessionals ? ('invoice' as const) : ('report' as const)
}

const textIn = (data: Record<string, unknown>, name: string): string | null => {
  const value = data[name]
  return typeof value === 'string' ? value : null
}
