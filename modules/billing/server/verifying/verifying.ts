/**
 * Follows every series from its first document to its last and says what does not agree: whoever changed a row, a line, a
 * document, a file or a number, with triggers or without, is found out here (CGI art. 286 I 3° bis; decision 33). So is whoever
 * changed what money did, or a month that is closed.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { nothingBefore } from '../issuing/freezing.ts'
import { broken, type Break } from './breaks.ts'
import { closingBreaks } from './closings.ts'
import { breaksOf } from './comparing.ts'
import { followJournal } from './following-journal.ts'
import { moneyBreaks } from './money.ts'
import { takenOverBreaks } from './taking-over.ts'
import { eventBreaks, fileBreaks, logBreaks } from './telling.ts'
import {
  chained,
  loggedAndGone,
  seriesToVerify,
  toldInBulk,
  unfrozen,
  type Chained,
} from './verify-queries.ts'

export type { Break } from './breaks.ts'

export type BillingVerification = {
  documents: number
  /** Documents whose own words the audit log still holds; of others it was erased, and those that follow vouch for them. */
  logged: number
  /** Kept files whose hash was reckoned again. */
  files: number
  /** Kept files that were not made again, since they were sealed with a certificate that seals no more; by its fingerprint. */
  notCompared: { certificateSha256: string; files: number }[]
  /** Numbered in an older system and taken over: they stand in no chain. */
  takenOver: number
  closings: number
  /** What money did and what happened to documents, as it was journaled; `open`: not sealed yet. */
  journal: { entries: number; open: number; sha256: string }
  heads: { companyId: string; series: string; documents: number; number: string; sha256: string }[]
  breaks: Break[]
}

export type Verifying = {
  /** The kept file of a document; nothing where none is kept. */
  kept(invoiceId: string): Promise<Buffer | undefined>
  /** Makes the file of a document again, from what is frozen and under the certificate it was sealed with; nothing where another seals by now. */
  remade?(document: Chained): Promise<Buffer | undefined>
  /** Opens what the audit log says: without it the log is not asked. */
  vault?: Vault
  now?: Date
  /** Beyond this many nobody reads on. */
  breaksAtMost?: number
}

const atOnce = 200

export async function verifyBilling(db: CentralDb, on: Verifying): Promise<BillingVerification> {
  const { breaksAtMost = 1_000, now = new Date(), vault } = on
  const told: BillingVerification = {
    documents: 0,
    logged: 0,
    files: 0,
    notCompared: [],
    takenOver: 0,
    closings: 0,
    journal: { entries: 0, open: 0, sha256: nothingBefore.toString('hex') },
    heads: [],
    breaks: [],
  }
  const tell = (...breaks: Break[]) =>
    told.breaks.push(...breaks.slice(0, Math.max(0, breaksAtMost - told.breaks.length)))
  const bulk = await toldInBulk(db)
  const former = new Map<string, number>()

  for (const series of await seriesToVerify(db)) {
    const { companyId } = series
    const ends = bulk.filter((end) => end.companyId === companyId && end.series === series.series)
    const anchoredUntil = Math.max(0, ...ends.map(({ position }) => position))
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
        tell(...breaksOf(one), ...followed(one, last), ...eventBreaks(one))
        const { breaks, isKept, notCompared } = await fileBreaks(one, on, now)
        tell(...breaks)
        if (isKept) told.files++
        if (notCompared !== undefined) former.set(notCompared, (former.get(notCompared) ?? 0) + 1)
        if (vault) {
          const log = logBreaks(one, vault, one.position <= anchoredUntil)
          tell(...log.breaks)
          if (log.told) told.logged++
        }
        for (const end of ends)
          if (end.position === one.position && end.sha256 !== one.sha256.toString('hex'))
            tell(
              broken(
                'log',
                { row: one.invoiceId, number: one.number },
                'sha256',
                end.sha256,
                one.sha256.toString('hex'),
              ),
            )
        last = one
        count++
      }
    }
    told.documents += count
    if (last)
      told.heads.push({
        companyId,
        series: series.series,
        documents: count,
        number: last.number,
        sha256: last.sha256.toString('hex'),
      })
    tell(...headBreaks(series, last))
  }
  told.notCompared = [...former].map(([certificateSha256, files]) => ({ certificateSha256, files }))
  for (const { invoiceId, number, origin, count } of await unfrozen(db))
    if (origin === 'import') told.takenOver += count
    else
      tell(
        broken(
          'unfrozen',
          { row: invoiceId, number: number ?? '' },
          'invoice_documents',
          'a frozen document',
          'none',
        ),
      )
  for (const row of await loggedAndGone(db))
    tell(broken('log', { row }, 'invoice_documents', 'the document the log tells of', 'none'))

  const closings = await closingBreaks(db, vault)
  told.closings = closings.closings
  tell(...closings.breaks)
  const journal = await followJournal(db)
  told.journal = journal.told
  tell(...journal.breaks, ...(await moneyBreaks(db, vault)), ...(await takenOverBreaks(db, vault)))
  return told
}

/** A document after the one before it: place, number, day and link. */
function followed(one: Chained, last: Chained | undefined): Break[] {
  const breaks: Break[] = []
  const about = { row: one.invoiceId, number: one.number }
  const position = (last?.position ?? 0) + 1
  if (one.position !== position) breaks.push(broken('gap', about, 'position', position, one.position))
  const previous = (last?.sha256 ?? nothingBefore).toString('hex')
  if (one.previousSha256.toString('hex') !== previous)
    breaks.push(broken('chain', about, 'previous_sha256', previous, one.previousSha256.toString('hex')))
  // A past is told before the present begins.
  if (last?.wanted === 'now' && one.wanted !== 'now')
    breaks.push(broken('day', about, 'wanted', 'now', one.wanted))
  if (last && one.issuedOn < last.issuedOn)
    breaks.push(broken('day', about, 'issued_on', `${last.issuedOn} or later`, one.issuedOn))
  const [now, before] = [parts(one.number), last && parts(last.number)]
  const count = before && before.year === now.year ? before.count + 1 : 1
  if (now.count !== count) breaks.push(broken('gap', about, 'number', count, now.count))
  if (now.year !== one.issuedOn.slice(0, 4))
    breaks.push(broken('gap', about, 'year', one.issuedOn.slice(0, 4), now.year))
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
  const at = { row: `${series.companyId} ${series.series}`, number: last?.number ?? '' }
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
