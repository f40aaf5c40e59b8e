import { listAccountManagers } from '#contract/clients'
import type { Tables } from '#platform/server/db.ts'
import { handle, WrongField } from '#platform/server/requests.ts'
import { accountManagers, isAtWork, managerName } from './queries.ts'

export const listingAccountManagers = handle(listAccountManagers, async (ctx) => ({
  rows: await accountManagers(ctx.db),
}))

/** Nobody is given a client who is not there to look after it. @throws WrongField */
export async function checkAccountManager(
  db: Tables<'staffMembers'>,
  staffId: string | null | undefined,
): Promise<void> {
  if (staffId && !(await isAtWork(db, staffId)))
    throw new WrongField('body', 'accountManagerId', 'account_manager_unknown')
}

/** Beside the id, the log keeps the name it had that day. */
export async function nameOfManager(
  db: Tables<'staffMembers'>,
  { accountManagerId }: { accountManagerId?: string | null | undefined },
): Promise<{ accountManager?: string | null }> {
  if (accountManagerId === undefined) return {}
  return { accountManager: accountManagerId && ((await managerName(db, accountManagerId)) ?? null) }
}
