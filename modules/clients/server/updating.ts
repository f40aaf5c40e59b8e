import {
  clientChanged,
  clientInTrash,
  getClient,
  updateClient,
  type Client,
  type ClientChanges,
} from '#contract/clients'
import type { Within } from '#server/access'
import { breaks, sql, type CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse } from '#platform/server/requests.ts'
import { checkAccountManager, nameOfManager } from './account-managers.ts'
import { emailTaken } from './creating.ts'
import { outsideLimits } from './leaving-limits.ts'
import { changeClient, clientById, lockClient } from './queries.ts'
import { within } from './within.ts'

export const reading = handle(getClient, async (ctx, { params: { id } }) => {
  const client = found(await clientById(ctx.db, id, within(ctx.actor, 'clients.read')))
  ctx.record({ object: 'client', id })
  return client
})

export const updating = handle(updateClient, async (ctx, { params: { id }, body: { version, ...asked } }) => {
  const mine = within(ctx.actor, 'clients.write')
  const held = found(await lockClient(ctx.db, id, mine))
  const current = found(await clientById(ctx.db, id, mine))
  if (held.trashedAt) throw refuse(clientInTrash)
  // Whoever saves second decides with both versions before their eyes; nothing is merged behind their back.
  if (held.version !== version) throw refuse(clientChanged, { details: { current } })

  const { before, after } = differences(current, asked)
  await checkAccountManager(ctx.db, after.accountManagerId)
  ctx.record({
    object: 'client',
    id,
    before: 'accountManagerId' in before ? { ...before, accountManager: current.accountManager } : before,
    after: { ...after, ...(await nameOfManager(ctx.db, after)) },
  })
  if (Object.keys(after).length === 0) return current
  await save(ctx.db, id, after, { mine, now: ctx.clock.now() })
  const changed = await clientById(ctx.db, id, mine)
  if (!changed) throw outsideLimits(mine, after)
  return changed
})

type Changes = Omit<ClientChanges, 'version'>

/** Only what really differs is saved, and written down. */
function differences(current: Client, asked: Changes) {
  const changed = Object.entries(asked).filter(([field, value]) => current[field as keyof Client] !== value)
  return {
    before: Object.fromEntries(changed.map(([field]) => [field, current[field as keyof Client]])),
    after: Object.fromEntries(changed) as Changes, // a part of what was asked
  }
}

/** A failed statement ends its transaction; the savepoint leaves it fit to say who has the address. */
async function save(
  db: CentralDb,
  id: string,
  changes: Changes,
  { mine, now }: { mine: Within; now: Date },
): Promise<void> {
  await sql`savepoint saving`.execute(db)
  try {
    await changeClient(db, id, changes, now)
  } catch (error) {
    if (changes.email === undefined || !breaks(error, 'clients_email')) throw error
    await sql`rollback to savepoint saving`.execute(db)
    throw await emailTaken(db, changes.email, mine)
  }
}
