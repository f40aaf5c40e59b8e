/** Quotes of a past that is only told: numbered and frozen as every other. */
import { sumsOf, type QuoteFields } from '#contract/billing'
import { found } from '#platform/server/requests.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { settingsOn } from '../settings/in-force.ts'
import { contentOfQuote } from './contents.ts'
import { openUntil } from './days.ts'
import { insertPastQuote, nextNumber } from './queries.ts'
import { numberOf } from './numbers.ts'

export type PastQuote = {
  id: string
  clientId: string
  /** Of a draft nothing is numbered. */
  state: 'draft' | 'sent' | 'accepted' | 'declined'
  at: Date
  issuedOn: string
  decidedAt: Date | null
  by: string
  fields: Omit<QuoteFields, 'validUntil'>
}

/** @param past in the order of their days */
export async function offerPast(
  db: CentralDb,
  sentences: Pick<Sentences, 'say'>,
  companyId: string,
  past: readonly PastQuote[],
): Promise<void> {
  for (const { id, clientId, state, at, issuedOn, decidedAt, by, fields } of past) {
    const { exclCents, inclCents } = sumsOf(fields.lines, fields.discount)
    const row = { id, companyId, clientId, state, at, decidedAt, by, exclCents, inclCents }
    if (state === 'draft') {
      await insertPastQuote(db, { ...row, number: null, issuedOn: null, validUntil: null, content: fields })
      continue
    }
    const next = await nextNumber(db, companyId, issuedOn)
    const { numbering } = await settingsOn(db, companyId, issuedOn)
    const number = numberOf(numbering, next)
    const validUntil = openUntil(found(next.issuedOn))
    const about = { companyId, clientId, number, issuedOn, validUntil }
    const frozen = await contentOfQuote(db, sentences, { ...fields, ...about })
    await insertPastQuote(db, { ...row, number, issuedOn, validUntil, content: { ...fields, frozen } })
  }
}
