// What waits for a next invoice and what goes back, rate by rate: nobody is asked for VAT of one rate with what goes back of another.
import type { CentralDb } from '#platform/server/db.ts'
import type { Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { giveBack, type Back, type GivenBack } from './giving-back.ts'
import { rateKey, type Rate } from './rates.ts'
import type { House } from './house.ts'
import {
  forgetWaiting,
  taxedBy,
  waitFor,
  waitingLines,
  type Proration,
  type Waiting,
} from './waiting-lines.ts'

/** Above zero it is asked for, below it goes back. */
export type Line = Rate & { description: string; cents: number }

export type Account = {
  key: string
  waiting: Waiting[]
  lines: Line[]
  net: number
}

export async function accountsOf(
  db: CentralDb,
  subscriptionId: string,
  { house, lines }: { house: House; lines: readonly Line[] },
): Promise<Account[]> {
  const accounts = new Map<string, Account>()
  const of = (rate: Rate) => {
    const key = rateKey(rate)
    const account = accounts.get(key) ?? { key, waiting: [], lines: [], net: 0 }
    accounts.set(key, account)
    return account
  }
  for (const line of await waitingLines(db, subscriptionId, house.vat)) {
    const account = of(line)
    account.waiting.push(line)
    account.net += line.cents
  }
  for (const line of lines) {
    const account = of(line)
    account.lines.push(line)
    account.net += line.cents
  }
  return [...accounts.values()]
}

/** What comes out below zero goes back of what was asked for. */
export async function payBack(
  doing: Doing,
  row: Held,
  { house, first, accounts }: { house: House; first: string | null; accounts: readonly Account[] },
): Promise<GivenBack> {
  await forgetWaiting(
    doing.db,
    accounts.flatMap(({ waiting }) => waiting.map(({ id }) => id)),
  )
  return giveBack(doing, row, { companyId: house.companyId, first, lines: accounts.flatMap(owed) })
}

/** Line by line, or in one where something was weighed against it. */
function owed({ waiting, lines, net }: Account): Back[] {
  const all = [...waiting, ...lines]
  const [one] = all
  if (one === undefined || net >= 0) return []
  if (all.every(({ cents }) => cents < 0)) return all.map((line) => ({ ...line, cents: -line.cents }))
  return [{ ...one, description: all.map(({ description }) => description).join('\n'), cents: -net }]
}

/**
 * Puts lines on the next invoice, but those of a rate that it would not bear: these go back now.
 * @param borne what the next invoice asks for by itself, by rate
 * @returns whether everything waits for it
 */
export async function putOnNext(
  doing: Doing,
  row: Held,
  {
    house,
    first,
    lines,
    proration = {},
    borne = new Map(),
  }: {
    house: House
    first: string | null
    lines: readonly Line[]
    proration?: Proration
    borne?: ReadonlyMap<string, number>
  },
): Promise<boolean> {
  // What was taxed as nothing is taxed any more cannot stand on a document to come.
  const still = (line: Line) => rateKey(line) === rateKey(taxedBy(house.vat, line.vatBasisPoints))
  const accounts = await accountsOf(doing.db, row.id, { house, lines })
  const below = accounts.filter((one) => one.net + (borne.get(one.key) ?? 0) < 0 || !one.lines.every(still))
  const { creditNoteIds, draftIds } = await payBack(doing, row, { house, first, accounts: below })
  const isFinal = draftIds.length > 0 || below.some(({ waiting }) => waiting.length > 0)
  await waitFor(
    doing,
    row.id,
    accounts.filter((one) => !below.includes(one)).flatMap((one) => one.lines),
    { ...proration, creditNoteIds, isFinal },
  )
  return below.every((one) => one.lines.length === 0)
}
