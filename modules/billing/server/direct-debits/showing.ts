import {
  downloadDirectDebit,
  getDirectDebit,
  listDirectDebits,
  type Collection,
  type DirectDebit,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { within } from '../within.ts'
import { filePlace } from './places.ts'
import { batchesShown, batchSeen, collectionsShown, sealedFile } from './queries.ts'

type Row = Awaited<ReturnType<typeof batchesShown>>[number]
const shownOf = (row: Row): DirectDebit => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
})

export const directDebitById = async (db: CentralDb, id: string): Promise<DirectDebit> =>
  shownOf(found((await batchesShown(db, id))[0]))

type CollectionShown = Awaited<ReturnType<typeof collectionsShown>>[number]
export const collectionShown = ({
  clientId,
  firstName,
  lastName,
  email,
  ...row
}: CollectionShown): Collection => ({
  ...row,
  client: { id: clientId, firstName, lastName, email },
  // The columns' CHECKs hold the words of the contract.
  sequence: row.sequence as Collection['sequence'],
  state: row.state as Collection['state'],
})

export const showingHandlers = ({ vault }: { vault: Vault }): readonly Handler[] => [
  handle(listDirectDebits, async (ctx) => ({ rows: (await batchesShown(ctx.db)).map(shownOf) })),

  handle(getDirectDebit, async (ctx, { params: { id } }) => {
    const [batch, collections] = await Promise.all([
      directDebitById(ctx.db, id),
      collectionsShown(ctx.db, { mine: within(ctx.actor, 'invoices.read'), batchId: id }),
    ])
    return { ...batch, collections: collections.map(collectionShown) }
  }),

  handle(downloadDirectDebit, async (ctx, { params: { id } }) => {
    if (!(await batchSeen(ctx.db, id, within(ctx.actor, 'invoices.read')))) throw new NotFound()
    const { messageId, xmlSealed } = found(await sealedFile(ctx.db, id))
    ctx.record({ object: 'direct_debit', id })
    return { name: `${messageId}.xml`, xml: vault.open(xmlSealed, filePlace(id)).toString() }
  }),
]
