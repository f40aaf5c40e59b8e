/** Which payloads may be missing: those that a certificate, signed with the log's key, says were erased. */
import { z } from 'zod'
import { openNote, NoteError } from '../tree/notes.ts'
import type { Vkey } from '../tree/keys.ts'
import type { Leaf } from '../leaf.ts'
import type { Findings } from './findings.ts'
import type { ErasureRow } from './queries.ts'

export type Erasures = {
  /** Whether the payload of this entry was erased on somebody's request. */
  cover(entry: Leaf, objectIds: readonly string[] | null): boolean
  /** Looks whether a certificate names this entry as the request it carried out, and whether it is one. */
  see(index: number, entry: Leaf): void
  /** Requests that no entry was seen for. */
  end(): void
}

type Certificate = {
  id: string
  request: { entryId: string; index: number }
  seen: boolean
  kind: string
  /** Type and id. */
  object: string[] | undefined
  person: string | undefined
  /** In milliseconds: payloads of entries before this. */
  before: number
}

/** What a certificate says, believed only once its signature holds. See sequencing/certificate.ts for its lines. */
export function openErasures(rows: readonly ErasureRow[], keys: readonly Vkey[], found: Findings): Erasures {
  const certificates: Certificate[] = []
  for (const { id, certificate } of rows) {
    try {
      certificates.push(read(id, openNote(certificate, keys).text))
    } catch (error) {
      if (!(error instanceof NoteError)) throw error
      found.add('erasure_wrong', { values: { erasure: id, why: error.problem } })
    }
  }
  const byRequest = new Map(certificates.map((one) => [one.request.index, one]))
  return {
    // As erasing/meant.ts says it: what tells of erasures is never erased.
    cover: (entry, objectIds) =>
      !entry.verb.startsWith('audit_payloads.') &&
      certificates.some((certificate) => covers(certificate, entry, objectIds ?? [])),
    see(index, entry) {
      const certificate = byRequest.get(index)
      if (certificate)
        certificate.seen =
          certificate.request.entryId === entry.id &&
          entry.verb === 'audit_payloads.erasure_requested' &&
          entry.object.id === certificate.id
    },
    end() {
      for (const { id, seen, request } of certificates)
        if (!seen)
          found.add('erasure_wrong', {
            values: { erasure: id, why: 'not_asked_for', index: request.index },
          })
    },
  }
}

function covers(
  { kind, object, person, before }: Certificate,
  { time, object: about, actor }: Leaf,
  objectIds: readonly string[],
): boolean {
  if (Date.parse(time) >= before) return false
  if (kind === 'person') return person === actor.id
  if (kind !== 'object') return kind === 'age'
  const [type, id] = object ?? []
  return type === about.type && id !== undefined && (id === about.id || objectIds.includes(id))
}

/** @throws {NoteError} it is no certificate of this erasure */
function read(id: string, text: string): Certificate {
  const [heading, ...lines] = text.slice(0, -1).split('\n')
  if (heading !== 'magestionpsy audit-payload-erasure v1') throw new NoteError('it is no certificate')
  const said = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
  const [, entryId, index] = /^entry ([0-9a-f-]{36}) at index (\d+)$/.exec(said.get('request') ?? '') ?? []
  const done = Date.parse(said.get('done') ?? '')
  const limit = Date.parse(said.get('older than') ?? said.get('done') ?? '')
  if (said.get('erasure') !== id || entryId === undefined || Number.isNaN(done) || Number.isNaN(limit))
    throw new NoteError('it is the certificate of something else')
  return {
    id,
    request: { entryId, index: Number(index) },
    seen: false,
    kind: said.get('kind') ?? '',
    object: fromJson(said.get('object'), z.array(z.string())),
    person: fromJson(said.get('person'), z.string()),
    // Nothing written after the erasure was erased by it.
    before: Math.min(limit, done),
  }
}

function fromJson<T>(text: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    throw new NoteError('a line of it cannot be read')
  }
}
