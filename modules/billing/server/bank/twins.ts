/** One transfer told by two files, each in its own words: a CSV and a CAMT.053 of one account name nothing alike. */
import type { BankTransaction } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { plain } from './reading/columns.ts'

type Told = {
  id: string
  importId: string
  bookedOn: string
  amountCents: number
  label: string
  reference: string
  counterparty: string
}

/** The day it was booked is not the day it counts from, and a weekend may lie between them. */
const daysApart = 5
/** A price that everybody pays is told thousands of times within these days: the nearest are looked at. */
const lookedAt = 1_000

/**
 * Nothing is done about it: somebody may pay the same twice within days, so a person says what it is.
 * @returns the line of another file that came before, or was decided already: of two that wait the first stays as it is
 */
export async function twinOf(db: CentralDb, line: Told): Promise<BankTransaction['twin']> {
  const others = await db
    .selectFrom('bankTransactions')
    .innerJoin('bankImports', 'bankImports.id', 'bankTransactions.importId')
    .where('amountCents', '=', line.amountCents)
    .where(
      sql<boolean>`booked_on between ${line.bookedOn}::date - ${daysApart}::integer and ${line.bookedOn}::date + ${daysApart}::integer`,
    )
    .where('importId', '<>', line.importId)
    // Set aside is no payment by somebody's word: the other one is.
    .where('bankTransactions.state', '<>', 'set_aside')
    .where(({ eb, or }) =>
      or([eb('bankTransactions.state', '=', 'matched'), eb('bankTransactions.id', '<', line.id)]),
    )
    .orderBy(sql`abs(booked_on - ${line.bookedOn}::date)`)
    .orderBy('bankTransactions.id')
    .limit(lookedAt)
    .select([
      'bankTransactions.id',
      'bookedOn',
      'label',
      'bankTransactions.reference',
      'counterparty',
      'bankTransactions.state',
      'bankImports.name as statement',
    ])
    .execute()
  const own = wordsOf(line)
  const twin = others.find((other) => tellTheSame(own, wordsOf(other)))
  if (!twin) return null
  const { id, statement, bookedOn } = twin
  // The column's CHECK holds the same three.
  return { id, statement, bookedOn, state: twin.state as 'to_match' | 'matched' }
}

type Words = Pick<Told, 'label' | 'reference' | 'counterparty'>

/** Whatever banks add to any transfer. */
const common = new Set(
  'vir virement sepa inst instantane recu emis de du la le m mme mr monsieur madame merci facture ref notprovided'.split(
    ' ',
  ),
)
const wordsOf = ({ label, reference, counterparty }: Words) =>
  new Set(
    plain(`${label} ${reference} ${counterparty}`)
      .split(' ')
      .filter((word) => word !== '' && !common.has(word)),
  )

/** Half of what the shorter of them says, or more; two that say nothing of their own are the same. */
function tellTheSame(ones: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const shared = [...ones].filter((word) => others.has(word)).length
  return shared === 0 ? ones.size + others.size === 0 : shared * 2 >= Math.min(ones.size, others.size)
}
