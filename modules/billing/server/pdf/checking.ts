import { checkDocument, type DocumentCheck } from '#contract/billing'
import { handle, type Handler } from '#platform/server/requests.ts'
import { sealedFile } from './queries.ts'

/** For whoever holds a file, whoever they are: a hash of 256 bits is guessed by nobody, so who asks with one holds the document. */
export const checking: Handler = handle(
  checkDocument,
  async (ctx, { params: { sha256 }, query: { mark } }) => {
    const same = await sealedFile(ctx.db, { sha256 })
    if (same) return { verdict: 'unchanged' as const, ...told(same) }
    const claimed = mark === undefined ? undefined : await sealedFile(ctx.db, { mark })
    if (claimed) return { verdict: 'altered' as const, ...told(claimed) }
    return { verdict: 'unknown' as const, document: null, file: null }
  },
)

function told({
  content: { number, typeCode, issuedOn, seller, totals },
  file,
  finalisedAt,
}: NonNullable<Awaited<ReturnType<typeof sealedFile>>>): Pick<DocumentCheck, 'document' | 'file'> {
  return {
    document: {
      number,
      typeCode,
      issuedOn,
      seller: seller.name,
      exclCents: totals.exclCents,
      vatCents: totals.vatCents,
      inclCents: totals.inclCents,
    },
    file: file && {
      sha256: file.sha256.toString('hex'),
      bytes: file.bytes,
      sealedAt: finalisedAt.toISOString(),
    },
  }
}
