/** A JSON export held against keys, with nothing else at hand: no database, no network. */
import { z } from 'zod'
import { Leaf } from '../leaf.ts'
import { commitmentOf } from '../payloads.ts'
import { fromBase64 } from '../tree/base64.ts'
import { openCheckpoint } from '../tree/checkpoints.ts'
import { leafHash } from '../tree/hashes.ts'
import type { Vkey } from '../tree/keys.ts'
import { NoteError } from '../tree/notes.ts'
import { ProofError } from '../tree/proof-file.ts'
import { verifyInclusion } from '../tree/proofs.ts'
import { exportFormat } from './document.ts'

export type ExportCheck =
  | {
      holds: true
      origin: string
      keyId: string
      /** Of the tree that was signed. */
      size: number
      /** Entries that stand in that tree. */
      entries: number
      /** Payloads that are what their entry committed to. */
      payloads: number
      /** Entries that committed to a payload which was erased since. */
      erased: number
      /** Entries that had no number yet: nothing is proved of them. */
      notNumbered: number
      cosignatures: { witness: string; time: number | undefined }[]
    }
  | { holds: false; why: string }

const Payload = z.object({ salt: z.string(), json: z.string() }).nullable()
const Document = z.object({
  format: z.literal(exportFormat),
  checkpoint: z.string().nullable(),
  entries: z.array(
    z.object({ index: z.int().min(0), leaf: z.string(), proof: z.array(z.string()), payload: Payload }),
  ),
  notNumbered: z.array(z.object({ leaf: z.string(), payload: Payload })),
})
type Document = z.infer<typeof Document>

/** Whether a text may be such an export; what is none is a proof file, or nothing of ours. */
export const isExport = (text: string): boolean =>
  text.startsWith('{') && text.slice(0, 200).includes(exportFormat)

/**
 * Each entry must lead to the root that the log signed, stand there once, and its payload be what it committed to. The key
 * that the document itself names is not believed: whoever makes up a document makes up a key.
 */
export function verifyExport(
  text: string,
  logKeys: readonly Vkey[],
  witnesses: readonly Vkey[] = [],
): ExportCheck {
  try {
    return verified(read(text), logKeys, witnesses)
  } catch (error) {
    if (error instanceof ProofError || error instanceof NoteError) return { holds: false, why: error.message }
    throw error
  }
}

function verified(document: Document, logKeys: readonly Vkey[], witnesses: readonly Vkey[]): ExportCheck {
  if (document.checkpoint === null) throw new ProofError('it holds no checkpoint')
  const { origin, size, root, signature, cosignatures } = openCheckpoint(
    document.checkpoint,
    logKeys,
    witnesses,
  )
  const indexes = new Set<number>()
  const found = { payloads: 0, erased: 0 }
  for (const { index, leaf, proof, payload } of document.entries) {
    if (indexes.has(index)) throw new ProofError(`entry ${index} stands there twice`)
    indexes.add(index)
    const hashes = proof.map((line) => fromBase64(line))
    if (!hashes.every((hash) => hash !== undefined))
      throw new ProofError(`the proof of entry ${index} is not Base64`)
    if (!verifyInclusion(index, size, leafHash(Buffer.from(leaf)), hashes, root))
      throw new ProofError(`entry ${index} does not stand there in the tree of ${size} that was signed`)
    const state = stateOf(leaf, payload, index)
    if (state !== 'none') found[state]++
  }
  return {
    holds: true,
    origin,
    keyId: signature.id,
    size,
    entries: document.entries.length,
    payloads: found.payloads,
    erased: found.erased,
    notNumbered: document.notNumbered.length,
    cosignatures: cosignatures.map(({ name, time }) => ({ witness: name, time })),
  }
}

/** What became of the payload that an entry commits to. */
function stateOf(
  leaf: string,
  payload: Document['entries'][number]['payload'],
  index: number,
): 'payloads' | 'erased' | 'none' {
  const { commitment } = leafIn(leaf, index)
  if (!payload) return commitment === undefined ? 'none' : 'erased'
  const salt = fromBase64(payload.salt)
  if (!salt || commitmentOf(Buffer.concat([salt, Buffer.from(payload.json)])) !== commitment)
    throw new ProofError(`the payload of entry ${index} is not what the entry committed to`)
  return 'payloads'
}

function leafIn(leaf: string, index: number): Leaf {
  try {
    return Leaf.parse(JSON.parse(leaf))
  } catch {
    throw new ProofError(`entry ${index} is not written as an entry of this log`)
  }
}

function read(text: string): Document {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ProofError('it is no whole JSON document')
  }
  const document = Document.safeParse(value)
  if (document.success) return document.data
  const [issue] = document.error.issues
  throw new ProofError(
    `it is no export of an audit log: ${issue?.path.join('.') ?? ''} is not as it should be`,
  )
}
