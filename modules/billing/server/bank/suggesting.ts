import type { BankTransaction } from '#contract/billing'
import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { candidatesFor } from './matching-queries.ts'
import { plain } from './reading/columns.ts'
import { suggestionsFor, type Line, type Suggestion } from './scoring.ts'
import { twinOf } from './twins.ts'

type Suggested = Pick<BankTransaction, 'twin' | 'namesPaid'> & { suggestions: Suggestion[] }
type Waiting = Line & { id: string; importId: string; bookedOn: string; counterpartyEnding: string }

/** @returns of each line, by its id, the best first, of clients somebody may see; nothing for money that leaves */
export async function suggestionsOf(
  db: CentralDb,
  all: readonly Waiting[],
  mine: Within,
): Promise<Map<string, Suggested>> {
  const lines = all.filter(({ amountCents }) => amountCents > 0)
  if (lines.length === 0) return new Map()
  const [found, twins] = await Promise.all([
    candidatesFor(db, lines.map(looked), mine),
    Promise.all(lines.map((line) => twinOf(db, line))),
  ])
  return new Map(
    lines.map((line, index) => {
      const candidates = found[index] ?? []
      const twin = twins[index] ?? null
      const hidden = new Set(candidates.filter(({ seen }) => !seen).map(({ client }) => client.id))
      const suggestions = suggestionsFor(line, candidates, twin !== null)
      return [
        line.id,
        {
          suggestions: suggestions.filter(({ client }) => !hidden.has(client.id)),
          twin,
          namesPaid: candidates.filter(({ seen }) => seen).flatMap(({ paidNumbers }) => [...paidNumbers]),
        },
      ]
    }),
  )
}

const looked = ({ label, reference, counterparty, counterpartyEnding, amountCents }: Waiting) => ({
  numbers: numbersIn(`${label} ${reference}`),
  amountCents,
  words: [...new Set(plain(`${counterparty} ${label}`).split(' '))].filter(Boolean),
  counterparty,
  counterpartyEnding,
})

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
