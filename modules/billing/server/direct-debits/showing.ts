import {
  downloadDirectDebit,
  getDirectDebit,
  listDirectDebits,
  type Collection,
  type DirectDebit,
} from '#contract/billing'
import { found, handle, NotFound, type Context, type Handler } from '#platform/server/requests.ts'
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

const mineOf = ({ actor }: Pick<Context, 'actor'>) => within(actor, 'invoices.read')

/** @throws NotFound where it collects from nobody they see */
export const directDebitById = async (ctx: Pick<Context, 'db' | 'actor'>, id: string): Promise<DirectDebit> =>
  shownOf(found((await batchesShown(ctx.db, { mine: mineOf(ctx), id }))[0]))

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
  handle(listDirectDebits, async (ctx) => ({
    rows: (await batchesShown(ctx.db, { mine: mineOf(ctx) })).map(shownOf),
  })),

  handle(getDirectDebit, async (ctx, { params: { id } }) => {
    const [batch, collections] = await Promise.all([
      directDebitById(ctx, id),
      collectionsShown(ctx.db, { mine: mineOf(ctx), batchId: id }),
    ])
    return { ...batch, collections: collections.map(collectionShown) }
  }),

  handle(downloadDirectDebit, async (ctx, { params: { id } }) => {
    if (!(await batchSeen(ctx.db, id, mineOf(ctx)))) throw new NotFound()
    const { messageId, xmlSealed } = found(await sealedFile(ctx.db, id))
    ctx.record({ object: 'direct_debit', id })
    return { name: `${messageId}.xml`, xml: vault.open(xmlSealed, filePlace(id)).toString() }
  }),
]
