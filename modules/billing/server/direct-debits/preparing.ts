import { createHash } from 'node:crypto'
import {
  collectionDayWrong,
  creditorMissing,
  notCollectable,
  prepareDirectDebit,
  proposeDirectDebit,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { breaks } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { within } from '../within.ts'
import { bankDayFrom, banksWork, firstCollectionDay } from './calendar.ts'
import { creditorOn } from './creditor.ts'
import { painOf, type Collected } from './pain008.ts'
import { filePlace, ibanPlace } from './places.ts'
import { proposed } from './proposing.ts'
import {
  clientsOf,
  collectableRows,
  insertBatch,
  insertCollections,
  mandateRows,
  useMandates,
} from './queries.ts'
import { directDebitById } from './showing.ts'

export const preparingHandlers = ({ vault }: { vault: Vault }): readonly Handler[] => [
  handle(proposeDirectDebit, async (ctx, { query }) => {
    const today = dayOf(ctx.clock.now())
    const earliestOn = firstCollectionDay(today)
    const collectOn = bankDayFrom(
      query.collectOn && query.collectOn > earliestOn ? query.collectOn : earliestOn,
    )
    const [creditor, rows] = await Promise.all([
      creditorOn(ctx.db, today),
      collectableRows(ctx.db, { mine: within(ctx.actor, 'invoices.read') }),
    ])
    const collectable = rows.map((row) => proposed(row, { collectOn, creditor, today }))
    return {
      collectOn,
      earliestOn,
      creditor: creditor && {
        name: creditor.name,
        id: creditor.id,
        ibanEnding: creditor.iban.slice(-4),
      },
      rows: collectable,
      totalCents: collectable.reduce((sum, { why, amountCents }) => sum + (why ? 0 : amountCents), 0),
    }
  }),

  handle(prepareDirectDebit, async (ctx, { body: { collectOn, version, invoiceIds } }) => {
    const now = ctx.clock.now()
    const today = dayOf(now)
    const creditor = await creditorOn(ctx.db, today)
    if (!creditor) throw refuse(creditorMissing)
    const earliestOn = firstCollectionDay(today)
    if (collectOn < earliestOn || !banksWork(collectOn))
      throw refuse(collectionDayWrong, { details: { earliestOn: bankDayFrom(earliestOn) } })
    const wanted = [...new Set(invoiceIds)]
    // What is collected is what is owed: nobody pays meanwhile.
    await lockMoneyOf(ctx.db, ...(await clientsOf(ctx.db, wanted)))
    const rows = await collectableRows(ctx.db, { mine: within(ctx.actor, 'invoices.read'), ids: wanted })
    const bad = rows.filter((row) => proposed(row, { collectOn, creditor, today }).why !== null)
    if (rows.length < wanted.length || bad.length > 0)
      throw refuse(notCollectable, { details: { invoiceIds: bad.map((row) => row.invoiceId) } })

    const id = uuidv7(now.getTime())
    const messageId = `MGP-${id.replaceAll('-', '').slice(0, 26).toUpperCase()}`
    // A mandate that was never used goes first once, however many invoices it collects in this file.
    const begun = new Set<string>()
    const collections: (Collected & { invoiceId: string; mandateId: string })[] = []
    const mandates = new Map(
      (
        await mandateRows(
          ctx.db,
          rows.flatMap((row) => row.mandateId ?? []),
        )
      ).map((mandate) => [mandate.id, mandate]),
    )
    for (const [index, row] of rows.entries()) {
      const mandate = mandates.get(row.mandateId ?? '')
      if (mandate?.state !== 'active')
        throw refuse(notCollectable, { details: { invoiceIds: [row.invoiceId] } })
      collections.push({
        invoiceId: row.invoiceId,
        mandateId: mandate.id,
        endToEndId: `${messageId.slice(4, 24)}-${String(index + 1).padStart(6, '0')}`,
        sequence: row.isFirst && !begun.has(mandate.id) ? 'FRST' : 'RCUR',
        amountCents: row.amountCents,
        mandate: {
          reference: mandate.reference,
          signedOn: mandate.signedOn,
          holder: mandate.holder,
          iban: vault.open(mandate.ibanSealed, ibanPlace(mandate.id)).toString(),
          bic: mandate.bic,
        },
        reason: `Facture ${row.number}`,
      })
      begun.add(mandate.id)
    }
    const xml = painOf({ version, messageId, createdAt: now, collectOn, creditor, collections })
    const bytes = Buffer.from(xml)
    await insertBatch(ctx.db, {
      id,
      companyId: creditor.companyId,
      messageId,
      collectOn,
      transactions: collections.length,
      totalCents: collections.reduce((sum, { amountCents }) => sum + amountCents, 0),
      xmlSealed: vault.seal(bytes, filePlace(id)),
      sha256: createHash('sha256').update(bytes).digest(),
      createdBy: ctx.actor.staffId,
    })
    await insertCollections(
      ctx.db,
      collections.map(({ invoiceId, mandateId, endToEndId, sequence, amountCents }) => ({
        batchId: id,
        invoiceId,
        mandateId,
        endToEndId,
        sequence,
        amountCents,
      })),
    ).catch((error: unknown) => {
      throw breaks(error, 'one_pending_collection_an_invoice') ? refuse(notCollectable) : error
    })
    await useMandates(ctx.db, [...begun], collectOn)
    ctx.record({
      object: 'direct_debit',
      id,
      count: collections.length,
      after: { messageId, collectOn, version, invoiceIds: wanted },
    })
    return directDebitById(ctx, id)
  }),
]
