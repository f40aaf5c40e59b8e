/**
 * Follows every series from its first document to its last and says what does not agree: whoever changed a row, a line, a
 * document, a file or a number, with triggers or without, is found out here (CGI art. 286 I 3° bis; decision 33).
 */
import { createHash } from 'node:crypto'
import type { CentralDb } from '#platform/server/db.ts'
import { nothingBefore } from '../issuing/freezing.ts'
import { breaksOf, type Break } from './comparing.ts'
import { chained, loggedAndGone, seriesToVerify, unfrozen, type Chained } from './verify-queries.ts'

export type { Break } from './comparing.ts'

export type BillingVerification = {
  documents: number
  /** Kept files whose hash was reckoned again. */
  files: number
  /** Numbered in an older system and taken over: they stand in no chain. */
  takenOver: number
  heads: { companyId: string; series: string; documents: number; number: string; sha256: string }[]
  breaks: Break[]
}

export type Verifying = {
  /** The kept file of a document; nothing where none is kept. */
  kept(invoiceId: string): Promise<Buffer | undefined>
  /** What the audit log says of the chain when this document was issued; nothing where it does not tell. */
  logged?(invoiceId: string): Promise<string | undefined>
  /** Beyond this many nobody reads on. */
  breaksAtMost?: number
}

const atOnce = 200

export async function verifyBilling(db: CentralDb, on: Verifying): Promise<BillingVerification> {
  const { breaksAtMost = 1_000 } = on
  const told: BillingVerification = { documents: 0, files: 0, takenOver: 0, heads: [], breaks: [] }
  const tell = (...breaks: Break[]) => told.breaks.push(...breaks.slice(0, breaksAtMost - told.breaks.length))

  for (const series of await seriesToVerify(db)) {
    const { companyId } = series
    let last: Chained | undefined
    let count = 0
    for (;;) {
      const page = await chained(db, {
        companyId,
        series: series.series,
        after: last?.position ?? -1,
        limit: atOnce,
      })
      if (page.length === 0) break
      for (const one of page) {
        tell(...breaksOf(one), ...followed(one, last))
        if (one.pdfSha256 !== null) {
          const file = await on.kept(one.invoiceId)
          if (file) told.files++
          const found = file ? createHash('sha256').update(file).digest('hex') : 'none'
          if (found !== one.pdfSha256.toString('hex'))
            tell(broken('pdf', one, 'file', one.pdfSha256.toString('hex'), found))
        }
        last = one
        count++
      }
    }
    told.documents += count
    if (last) {
      told.heads.push({
        companyId,
        series: series.series,
        documents: count,
        number: last.number,
        sha256: last.sha256.toString('hex'),
      })
      const logged = await on.logged?.(last.invoiceId)
      if (logged !== undefined && logged !== last.sha256.toString('hex'))
        tell(broken('log', last, 'sha256', logged, last.sha256.toString('hex')))
    }
    tell(...headBreaks(series, last))
  }

  for (const { invoiceId, number, origin, count } of await unfrozen(db))
    if (origin === 'import') told.takenOver += count
    else
      tell(
        broken(
          'unfrozen',
          { invoiceId, number: number ?? '' },
          'invoice_documents',
          'a frozen document',
          'none',
        ),
      )
  for (const invoiceId of await loggedAndGone(db))
    tell(
      broken('log', { invoiceId, number: '' }, 'invoice_documents', 'the document the log tells of', 'none'),
    )
  return told
}

const broken = (
  what: Break['what'],
  { invoiceId, number }: { invoiceId: string; number: string },
  where: string,
  expected: unknown,
  found: unknown,
): Break => ({ what, invoiceId, number, where, expected: String(expected), found: String(found) })

/** A document after the one before it: place, number, day and link. */
function followed(one: Chained, last: Chained | undefined): Break[] {
  const breaks: Break[] = []
  const position = (last?.position ?? 0) + 1
  if (one.position !== position) breaks.push(broken('gap', one, 'position', position, one.position))
  const previous = (last?.sha256 ?? nothingBefore).toString('hex')
  if (one.previousSha256.toString('hex') !== previous)
    breaks.push(broken('chain', one, 'previous_sha256', previous, one.previousSha256.toString('hex')))
  if (last && one.issuedOn < last.issuedOn)
    breaks.push(broken('day', one, 'issued_on', `${last.issuedOn} or later`, one.issuedOn))
  const [now, before] = [parts(one.number), last && parts(last.number)]
  const count = before && before.year === now.year ? before.count + 1 : 1
  if (now.count !== count) breaks.push(broken('gap', one, 'number', count, now.count))
  if (now.year !== one.issuedOn.slice(0, 4))
    breaks.push(broken('gap', one, 'year', one.issuedOn.slice(0, 4), now.year))
  return breaks
}

/** `FA-2026-000123`, whatever its prefix. */
function parts(number: string): { year: string; count: number } {
  const [, year = '', count = ''] = /-(\d{4})-(\d+)$/.exec(number) ?? []
  return { year, count: Number(count) }
}

/** The series remembers its end: whoever takes the last documents away leaves it behind. */
function headBreaks(
  series: Awaited<ReturnType<typeof seriesToVerify>>[number],
  last: Chained | undefined,
): Break[] {
  const at = last ?? { invoiceId: '', number: '' }
  const expected = {
    position: last?.position ?? 0,
    last_sha256: last?.sha256.toString('hex') ?? '',
    last_issued_on: last?.issuedOn ?? '',
    last_number: last ? parts(last.number).count : 0,
  }
  const found = {
    position: series.position ?? 0,
    last_sha256: series.lastSha256?.toString('hex') ?? '',
    last_issued_on: series.lastIssuedOn ?? '',
    last_number: series.lastNumber ?? 0,
  }
  return (Object.keys(expected) as (keyof typeof expected)[]) // its own keys
    .filter((field) => expected[field] !== found[field])
    .map((field) => broken('series', at, `${series.series}.${field}`, expected[field], found[field]))
}
