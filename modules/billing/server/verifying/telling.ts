/** One document held against what others told of it: its events, its file, the audit log. */
import { createHash } from 'node:crypto'
import { tryPayload } from '#server/audit'
import type { Vault } from '#platform/server/vault.ts'
import { broken, type Break } from './breaks.ts'
import type { Chained } from './verify-queries.ts'
import type { Verifying } from './verifying.ts'

const about = ({ invoiceId, number }: Chained) => ({ row: invoiceId, number })

/** It was issued once, then and by whom it says; the event is never changed. */
export function eventBreaks(one: Chained): Break[] {
  const breaks: Break[] = []
  const issued = one.events.filter(({ kind }) => kind === 'finalised')
  const [event] = issued
  if (!event || issued.length > 1)
    return [broken('event', about(one), 'finalised', 'one event', issued.length || 'none')]
  const says = { sha256: one.sha256.toString('hex'), number: one.number, at: one.finalisedAt.toISOString() }
  for (const [field, expected] of Object.entries({ ...says, by: one.finalisedBy }))
    if (event[field as keyof typeof event] !== expected)
      // its own fields
      breaks.push(
        broken(
          'event',
          { ...about(one), row: event.id },
          field,
          expected,
          event[field as keyof typeof event] ?? 'none',
        ),
      )
  return breaks
}

/** How long a document may be without its file: it is made after the commit. */
const patienceMs = 10 * 60_000

/** What is said of its file, and the file itself. */
export async function fileBreaks(
  one: Chained,
  { kept, remade }: Pick<Verifying, 'kept' | 'remade'>,
  now: Date,
): Promise<{ breaks: Break[]; isKept: boolean; notCompared?: string }> {
  const made = one.events.filter(({ kind }) => kind === 'rendered').map(({ sha256 }) => sha256)
  if (one.pdfSha256 === null) {
    const breaks: Break[] = []
    if (made.length > 0) breaks.push(broken('pdf', about(one), 'sha256', made[0], 'none'))
    else if (one.wanted === 'now' && now.getTime() - one.finalisedAt.getTime() > patienceMs)
      breaks.push(broken('pdf', about(one), 'file', 'made within minutes', 'none'))
    return { breaks, isKept: false }
  }
  const breaks: Break[] = []
  const said = one.pdfSha256.toString('hex')
  if (made.length !== 1 || made[0] !== said)
    breaks.push(broken('pdf', about(one), 'sha256', made.join(' ') || 'an event of it', said))
  const file = await kept(one.invoiceId)
  const found = file ? createHash('sha256').update(file).digest('hex') : 'none'
  if (found !== (made[0] ?? said)) breaks.push(broken('pdf', about(one), 'file', made[0] ?? said, found))
  else if (file && one.pdfBytes !== file.length)
    breaks.push(broken('pdf', about(one), 'bytes', file.length, one.pdfBytes))
  if (remade && found === said) {
    const again = await remade(one)
    // A certificate is renewed every few years, and its key is not kept: that says nothing against what it sealed.
    if (!again) return { breaks, isKept: true, notCompared: one.certificateSha256?.toString('hex') ?? 'none' }
    const hash = createHash('sha256').update(again).digest('hex')
    if (hash !== said) breaks.push(broken('pdf', about(one), 'made again', hash, said))
  }
  return { breaks, isKept: file !== undefined }
}

/** The line is written in the transaction that issues: its own time is no other. */
const apartMs = 60 * 60_000

/**
 * What the log tells of its issue. What was told in bulk has no line of its own: then it stands below an end the log knows.
 * @param anchored whether it does
 */
export function logBreaks(one: Chained, vault: Vault, anchored: boolean): { breaks: Break[]; told: boolean } {
  if (one.logIds.length === 0)
    return anchored && one.wanted === 'on_demand'
      ? { breaks: [], told: true }
      : { breaks: [broken('log', about(one), 'invoice.issued', 'a line of the log', 'none')], told: false }
  const breaks: Break[] = []
  // What is issued one by one wants its file at once.
  if (one.wanted !== 'now') breaks.push(broken('log', about(one), 'wanted', 'now', one.wanted))
  let told = false
  for (const [index, id] of one.logIds.entries()) {
    const [at, actor] = [one.logAts[index], one.logActors[index]]
    if (!at || Math.abs(at.getTime() - one.finalisedAt.getTime()) > apartMs)
      breaks.push(broken('log', about(one), 'finalised_at', at?.toISOString(), one.finalisedAt.toISOString()))
    if (one.finalisedBy !== null && actor !== one.finalisedBy)
      breaks.push(broken('log', about(one), 'finalised_by', actor, one.finalisedBy))
    const { payload, damaged } = tryPayload(vault, {
      id,
      sealed: one.logSealed[index] ?? null,
      commitment: one.logCommitments[index]?.toString('hex') ?? null,
    })
    if (damaged) breaks.push(broken('log', about(one), `entry ${id}`, 'what it commits to', 'something else'))
    // Erased since, as the log itself tells: the documents that follow still vouch for this one.
    if (!payload) continue
    told = true
    const says: Record<string, unknown> = { ...(payload.after as object) } // an object, as finalising writes it
    const found = { sha256: one.sha256.toString('hex'), number: one.number, issuedOn: one.issuedOn }
    for (const [field, value] of Object.entries(found))
      if (says[field] !== value) breaks.push(broken('log', about(one), field, says[field] ?? 'none', value))
  }
  return { breaks, told }
}
