import { getQuotePdf } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { drawn, paper } from '../pdf/showing.ts'
import { contentOfQuote } from './contents.ts'
import { openUntil } from './days.ts'
import { keptOf, quoteSeen } from './showing.ts'

export const printing = (parts: Pick<Parts, 'sentences' | 'pdfs'>): Handler =>
  handle(getQuotePdf, async (ctx, { params: { id }, query: { as } }) => {
    const row = await quoteSeen(ctx, id)
    const { frozen, ...fields } = keptOf(row)
    const today = dayOf(ctx.clock.now())
    const content =
      frozen ??
      (await contentOfQuote(ctx.db, parts.sentences, {
        ...fields,
        companyId: row.companyId,
        clientId: row.clientId,
        number: '',
        issuedOn: today,
        validUntil: row.validUntil ?? openUntil(today),
      }))
    return paper(await drawn(parts, content, frozen ? null : 'draft', as), {
      as,
      how: 'inline',
      name: row.number ?? 'devis-projet',
    })
  })
