/** Which payloads may be missing: those that a certificate, signed with the log's key, says were erased. */
import { asksFor, tellingOf } from '../erasing/binding.ts'
import type { Leaf } from '../leaf.ts'
import { certificateText } from '../sequencing/certificate.ts'
import type { Vkey } from '../tree/keys.ts'
import { openNote, NoteError } from '../tree/notes.ts'
import { readCertificate, type Certificate } from './certificates.ts'
import type { Findings } from './findings.ts'
import type { ErasureRow } from './queries.ts'

export type ErasedEntry = { index: number; leaf: Leaf; objectIds: readonly string[] | null }

export type Erasures = {
  /** Whether the payload of this entry was erased on somebody's request. */
  cover(entry: ErasedEntry): boolean
  /** The payload of this entry is missing: counts it under the erasure that took it. @returns false: none did */
  miss(entry: ErasedEntry): boolean
  /** Looks whether a certificate names this entry as the request it carried out, and whether it is one. */
  see(index: number, entry: Leaf): void
  /** Requests that no entry was seen for, and more payloads missing than were erased. */
  end(): void
}

type Known = Certificate & { seen: boolean; missing: number }

/** What a certificate says, believed only once its signature holds; what the row beside it says, only where both agree. */
export function openErasures(rows: readonly ErasureRow[], keys: readonly Vkey[], found: Findings): Erasures {
  const certificates: Known[] = []
  for (const row of rows) {
    const { id, certificate } = row
    if (certificate === null) {
      // What waits is said by its entry, or was never asked for.
      if (!row.isOldEnough || !asksFor(row, row)) found.add('erasure_unfounded', { values: { erasure: id } })
      continue
    }
    try {
      const { text } = openNote(certificate, keys)
      const read = readCertificate(id, text)
      certificates.push({ ...read, seen: false, missing: 0 })
      if (rowAsText(row, read) !== text) found.add('erasure_row_edited', { values: { erasure: id } })
    } catch (error) {
      if (!(error instanceof NoteError)) throw error
      found.add('erasure_wrong', { values: { erasure: id, why: error.problem } })
    }
  }
  // The first that covers a payload took it: what it covered was gone when the next came.
  certificates.sort((one, other) => one.done.getTime() - other.done.getTime())
  const byRequest = new Map(certificates.map((one) => [one.request.index, one]))
  // As erasing/meant.ts says it: what tells of erasures is never erased.
  const coverOf = (entry: ErasedEntry) =>
    entry.leaf.verb.startsWith('audit_payloads.')
      ? undefined
      : certificates.find((certificate) => covers(certificate, entry))
  return {
    cover: (entry) => coverOf(entry) !== undefined,
    miss(entry) {
      const certificate = coverOf(entry)
      if (certificate) certificate.missing++
      return certificate !== undefined
    },
    see(index, entry) {
      const certificate = byRequest.get(index)
      if (certificate)
        certificate.seen =
          certificate.request.entryId === entry.id && asksFor(tellingOf(entry), certificate.asked)
    },
    end() {
      for (const { asked, seen, request, missing, erased } of certificates) {
        if (!seen)
          found.add('erasure_wrong', {
            values: { erasure: asked.id, why: 'not_asked_for', index: request.index },
          })
        if (missing > erased)
          found.add('erasure_exceeded', { values: { erasure: asked.id, missing, erased } })
      }
    },
  }
}

function covers(
  { asked: { kind, before, objectType, objectId, actorId }, done, tree }: Certificate,
  { index, leaf: { time, object: about, actor }, objectIds }: ErasedEntry,
): boolean {
  // Nothing written after the erasure was erased by it.
  if (index >= tree.size || Date.parse(time) >= Math.min(before.getTime(), done.getTime())) return false
  if (kind === 'person') return actorId !== null && actorId === actor.id
  if (kind !== 'object') return kind === 'age'
  const isNamed = objectId === about.id || objectIds?.includes(objectId ?? '') === true
  return objectType === about.type && typeof objectId === 'string' && isNamed
}

/** The certificate that would have been signed for the row as it is now. */
function rowAsText(row: ErasureRow, { log, request, tree }: Certificate): string | undefined {
  const { doneAt, erased } = row
  if (doneAt === null || erased === null) return undefined
  return certificateText(
    { erasure: row, index: request.index, erased: Number(erased), at: doneAt, tree },
    log,
  )
}
