import type { Tables } from '#platform/server/db.ts'

/** A ticket by what people call it; the one it was put into, where it lives there. Undefined where it is gone. */
export async function ticketNumbered(
  db: Tables<'tickets'>,
  number: number,
): Promise<{ id: string; number: number } | undefined> {
  const row = await db
    .selectFrom('tickets as t')
    .leftJoin('tickets as into', 'into.id', 't.mergedIntoId')
    .where('t.number', '=', number)
    .where((eb) => eb(eb.fn.coalesce('into.forgottenAt', 't.forgottenAt'), 'is', null))
    .where((eb) => eb(eb.fn.coalesce('into.trashedAt', 't.trashedAt'), 'is', null))
    .select(({ fn }) => [
      fn.coalesce('into.id', 't.id').as('id'),
      fn.coalesce('into.number', 't.number').as('number'),
    ])
    .executeTakeFirst()
  return row && { id: row.id, number: row.number }
}
