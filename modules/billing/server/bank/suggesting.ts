import type { BankTransaction } from '#contract/billing'
import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { candidatesFor } from './matching-queries.ts'
import { plain } from './reading/columns.ts'
import { suggestionsFor, type Line, type Suggestion } from './scoring.ts'
import { twinOf } from './twins.ts'

type Found = Pick<BankTransaction, 'twin' | 'namesPaid'> & { suggestions: Suggestion[] }

/** @returns the best first, of clients somebody may see; nothing for money that leaves */
export async function suggestionsOf(
  db: CentralDb,
  line: Line & { id: string; importId: string; bookedOn: string; counterpartyEnding: string },
  mine: Within,
): Promise<Found> {
  if (line.amountCents <= 0) return { suggestions: [], twin: null, namesPaid: [] }
  const wanted = {
    numbers: numbersIn(`${line.label} ${line.reference}`),
    amountCents: line.amountCents,
    words: [...new Set(plain(`${line.counterparty} ${line.label}`).split(' '))].filter(Boolean),
    counterparty: line.counterparty,
    counterpartyEnding: line.counterpartyEnding,
  }
  const [candidates, twin] = await Promise.all([candidatesFor(db, wanted, mine), twinOf(db, line)])
  const hidden = new Set(candidates.filter(({ seen }) => !seen).map(({ client }) => client.id))
  return {
    suggestions: suggestionsFor(line, candidates, twin !== null).filter(
      ({ client }) => !hidden.has(client.id),
    ),
    twin,
    namesPaid: candidates.filter(({ seen }) => seen).flatMap(({ paidNumbers }) => [...paidNumbers]),
  }
}

/** `facture FA 2026 000123`, `FACTUREFA2026000123`: whatever could be FA-2026-000123, a prefix of any length. */
export function numbersIn(text: string): string[] {
  const found = new Set<string>()
  for (const [, letters = '', year = '', number = ''] of text
    .toUpperCase()
    .matchAll(/([A-Z]{1,30})[^A-Z0-9]{0,2}(20\d\d)[^A-Z0-9]{0,2}(\d{3,9})(?!\d)/g))
    for (let length = 1; length <= Math.min(8, letters.length); length++)
      found.add(`${letters.slice(-length)}-${year}-${number}`)
  return [...found].slice(0, 200)
}
