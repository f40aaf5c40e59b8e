/** Months that were closed, each from the one before it, from the documents and the payments, and from the log. */
import { tryPayload } from '#server/audit'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { closingHash } from '../accounting/closing.ts'
import { totalsByMonth, type MonthTotals } from '../accounting/queries.ts'
import { nothingBefore } from '../issuing/freezing.ts'
import { broken, type Break } from './breaks.ts'

type Closing = {
  id: string
  companyId: string
  month: string
  totals: Said
  previousSha256: Buffer
  sha256: Buffer
  entryIds: string[]
  sealed: (Buffer | null)[]
  commitments: (Buffer | null)[]
}
type Said = {
  month: string
  totals: MonthTotals
  soFar: MonthTotals
  chains: { series: string; position: number; number: string; sha256: string }[]
}

export async function closingBreaks(
  db: CentralDb,
  vault: Vault | undefined,
): Promise<{ closings: number; breaks: Break[] }> {
  const breaks: Break[] = []
  const closings = await allClosings(db)
  const months = new Map<string, Awaited<ReturnType<typeof totalsByMonth>>>()
  let last: Closing | undefined
  for (const one of closings) {
    const about = { row: `${one.month} ${one.companyId}` }
    const differs = (where: string, expected: unknown, found: unknown) => {
      if (expected !== found) breaks.push(broken('closing', about, where, expected, found))
    }
    const before = last?.companyId === one.companyId ? last : undefined
    differs(
      'previous_sha256',
      (before?.sha256 ?? nothingBefore).toString('hex'),
      one.previousSha256.toString('hex'),
    )
    differs('sha256', closingHash(one.previousSha256, one.totals).toString('hex'), one.sha256.toString('hex'))
    differs('totals.month', one.month, one.totals.month)
    const known = months.get(one.companyId) ?? (await totalsByMonth(db, one.companyId))
    months.set(one.companyId, known)
    const soFar = known.filter(({ month }) => month <= one.month)
    for (const field of Object.keys(one.totals.soFar) as (keyof MonthTotals)[]) {
      // its own keys
      differs(
        `totals.${field}`,
        soFar.find(({ month }) => month === one.month)?.[field] ?? 0,
        one.totals.totals[field],
      )
      differs(
        `soFar.${field}`,
        soFar.reduce((sum, month) => sum + month[field], 0),
        one.totals.soFar[field],
      )
    }
    for (const chain of one.totals.chains)
      differs(
        `chains.${chain.series}.${chain.position}`,
        await linkAt(db, one.companyId, chain),
        chain.sha256,
      )
    if (vault) breaks.push(...logBreaks(one, vault))
    last = one
  }
  return { closings: closings.length, breaks }
}

/** What the log says of it, as long as its words are kept. */
function logBreaks(one: Closing, vault: Vault): Break[] {
  const about = { row: `${one.month} ${one.companyId}` }
  if (one.entryIds.length === 0)
    return [broken('closing', about, 'accounting_month.closed', 'a line of the log', 'none')]
  const said = one.entryIds.flatMap((id, index) => {
    const commitment = one.commitments[index]?.toString('hex') ?? null
    const { payload, damaged } = tryPayload(vault, { id, sealed: one.sealed[index] ?? null, commitment })
    if (damaged) return ['damaged']
    return payload ? [String((payload.after as { sha256?: string } | undefined)?.sha256)] : [] // as closing writes it
  })
  // Each company closes its own month: one of the lines is its.
  return said.length > 0 && !said.includes(one.sha256.toString('hex'))
    ? [broken('log', about, 'sha256', said.join(' '), one.sha256.toString('hex'))]
    : []
}

async function allClosings(db: CentralDb): Promise<Closing[]> {
  const { rows } = await sql<Closing>`
    select c.id, c.company_id as "companyId", to_char(c.month, 'YYYY-MM') as month, c.totals, c.previous_sha256 as "previousSha256", c.sha256,
      log.ids as "entryIds", log.sealed, log.commitments
    from accounting_closings c, lateral (
      select coalesce(array_agg(l.id), '{}') as ids, coalesce(array_agg(l.sealed), '{}') as sealed,
        coalesce(array_agg(l.commitment), '{}') as commitments
      from audit_log l
      where l.object_id = to_char(c.month, 'YYYY-MM') and l.object_type = 'accounting_month' and l.verb = 'accounting_month.closed'
        and l.result = 'done') log
    order by c.company_id, c.month`.execute(db)
  return rows
}

async function linkAt(
  db: CentralDb,
  companyId: string,
  { series, position }: { series: string; position: number },
): Promise<string> {
  const row = await db
    .selectFrom('invoiceDocuments')
    .where('companyId', '=', companyId)
    .where('series', '=', series)
    .where('position', '=', position)
    .select('sha256')
    .executeTakeFirst()
  return row?.sha256.toString('hex') ?? 'none'
}
