/** What a certificate says, line by line as sequencing/certificate.ts writes it. */
import { z } from 'zod'
import type { Asked } from '../erasing/binding.ts'
import { NoteError } from '../tree/notes.ts'

export type Certificate = {
  /** The name of the log. */
  log: string
  asked: Asked
  /** Where the entry that asked for it stands. */
  request: { entryId: string; index: number }
  erased: number
  done: Date
  /** The signed tree it was carried out under: of later entries it erased nothing. */
  tree: { size: number; root: Buffer }
}

/** @throws {NoteError} it is no certificate of this erasure */
export function readCertificate(id: string, text: string): Certificate {
  const [heading, ...lines] = text.slice(0, -1).split('\n')
  if (heading !== 'magestionpsy audit-payload-erasure v1') throw new NoteError('it is no certificate')
  const said = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
  const line = (name: string) => said.get(name) ?? ''
  const [, entryId, index] = /^entry ([0-9a-f-]{36}) at index (\d+)$/.exec(line('request')) ?? []
  const [, size, root] = /^(\d+) entries, root (\S+)$/.exec(line('tree')) ?? []
  const [objectType = null, objectId = null] = fromJson(said.get('object'), z.array(z.string())) ?? []
  const done = new Date(line('done'))
  const before = new Date(line('older than'))
  const isWhole = [done, before].every((instant) => Number.isFinite(instant.getTime()))
  if (said.get('erasure') !== id || entryId === undefined || root === undefined || !isWhole)
    throw new NoteError('it is the certificate of something else')
  return {
    log: line('log'),
    asked: {
      id,
      kind: line('kind'),
      before,
      objectType,
      objectId,
      actorId: fromJson(said.get('person'), z.string()) ?? null,
      reason: fromJson(said.get('reason'), z.string()) ?? '',
      requestedBy: said.get('requested by') ?? null,
    },
    request: { entryId, index: Number(index) },
    erased: Number(line('payloads erased')),
    done,
    tree: { size: Number(size), root: Buffer.from(root, 'base64') },
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
