// The staged rows meet each other and the clients there are: who is a duplicate, who exists, who is inserted.
import type { ClientBase } from 'pg'
import { clientKinds, clientStatuses, type ClientKind, type ClientStatus } from '#contract/clients'
import type { ImportReport, RowCode } from '#contract/clients'
import type { Staged } from './staging.ts'

// An address counts as seen from its first readable row on, also when that row is rejected for something else:
// which of the two rows is the right one, only a person can say.
const findDuplicates = `
  update staged_clients set verdict = 'email_duplicate_in_file'
  from (select id, row_number() over (partition by email order by row) as occurrence from staged_clients) counted
  where counted.id = staged_clients.id and counted.occurrence > 1`

// Clients in the trash count: restoring one must not find its address taken.
const findExisting = `
  update staged_clients set verdict = 'email_already_exists'
  where verdict is null and exists (select from clients where lower(clients.email) = staged_clients.email)`

const keepLateCodes = `update staged_clients set verdict = late where verdict is null and late is not null`

const insertAccepted = `
  insert into clients (id, last_name, first_name, email, phone, address, postal_code, city, department, status, kind,
    next_payment_on, last_sign_in_at, rpps, adeli, siret, origin)
  select id, last_name, first_name, email, phone, address, postal_code, city, department, status, kind,
    next_payment_on, last_sign_in_at, rpps, adeli, siret, origin
  from staged_clients where verdict is null and row > $1 and row <= $2 order by row
  on conflict (lower(email)) do nothing`

// Someone created the same client while we read: the unique index let one of us through.
const findOvertaken = `
  update staged_clients set verdict = 'email_already_exists'
  where verdict is null and not exists (select from clients where clients.id = staged_clients.id)`

const countAccepted = `select status, kind, count(*)::integer as count from staged_clients where verdict is null group by status, kind`
const listRejected = `select row, verdict as code from staged_clients where verdict is not null order by row`
const listWarned = `select row from staged_clients where verdict is null and date_missing order by row`

/** Rows saved by one statement: enough to be as fast as all at once, few enough to show progress. */
const batch = 5_000

type Settling = { apply: boolean; onSaved?: (rows: number, of: number) => void }

/** Inside the transaction that staged the rows; `apply: false` inserts nothing and says the same. */
export async function settleRows(
  client: ClientBase,
  staged: Staged,
  { apply, onSaved = () => {} }: Settling,
): Promise<ImportReport> {
  // Two imports at once take turns: the second then finds what the first one committed.
  if (apply) await client.query(`select pg_advisory_xact_lock(hashtext('clients.import'))`)
  await client.query(findDuplicates)
  await client.query(findExisting)
  await client.query(keepLateCodes)
  if (apply) {
    for (let from = 0; from < staged.rows; from += batch) {
      onSaved(from, staged.rows)
      await client.query(insertAccepted, [from, from + batch])
    }
    await client.query(findOvertaken)
  }
  return reportOf(client, staged)
}

async function reportOf(client: ClientBase, staged: Staged): Promise<ImportReport> {
  const counted = await client.query<{ status: ClientStatus; kind: ClientKind; count: number }>(countAccepted)
  const rejected = await client.query<{ row: number; code: RowCode }>(listRejected)
  const warned = await client.query<{ row: number }>(listWarned)
  const sum = (matches: (group: { status: ClientStatus; kind: ClientKind }) => boolean) =>
    counted.rows.reduce((total, group) => total + (matches(group) ? group.count : 0), 0)
  const errors = [...staged.early, ...rejected.rows].sort((one, other) => one.row - other.row)
  return {
    rows: staged.rows,
    accepted: sum(() => true),
    accepted_by_status: byName(clientStatuses, (status) => sum((group) => group.status === status)),
    accepted_by_kind: byName(clientKinds, (kind) => sum((group) => group.kind === kind)),
    rejected: errors.length,
    errors,
    warnings: warned.rows.map(({ row }) => ({ row, code: 'date_missing' })),
  }
}

function byName<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): Record<Name, number> {
  // Object.fromEntries forgets which names it was given.
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>
}
