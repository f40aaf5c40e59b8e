/** A `.tlog-proof` file held against keys, with nothing else at hand: no database, no network. */
import { Leaf } from '../leaf.ts'
import type { Vkey } from '../tree/keys.ts'
import { NoteError } from '../tree/notes.ts'
import { ProofError, verifyProof } from '../tree/proof-file.ts'

export type ProofCheck =
  | {
      holds: true
      index: number
      /** Of the tree that was signed. */
      size: number
      origin: string
      keyId: string
      /** The entry's bytes as they stand in the tree. */
      leaf: string
      /** The same as our entries are written; another log's may be anything. */
      entry: Leaf | undefined
      /** `time` in POSIX seconds. */
      cosignatures: { witness: string; time: number | undefined }[]
      /** Signatures of keys nobody gave us: they say nothing. */
      unknown: { name: string; keyId: string }[]
    }
  | { holds: false; why: string }

export function checkProof(text: string, keys: readonly Vkey[], witnesses: readonly Vkey[] = []): ProofCheck {
  try {
    const { index, entry: bytes, checkpoint } = verifyProof(text, keys, witnesses)
    const leaf = bytes.toString()
    return {
      holds: true,
      index,
      size: checkpoint.size,
      origin: checkpoint.origin,
      keyId: checkpoint.signature.id,
      leaf,
      entry: entryIn(leaf),
      cosignatures: checkpoint.cosignatures.map(({ name, time }) => ({ witness: name, time })),
      unknown: checkpoint.unknown.map(({ name, id }) => ({ name, keyId: id })),
    }
  } catch (error) {
    if (error instanceof ProofError || error instanceof NoteError) return { holds: false, why: error.message }
    throw error
  }
}

function entryIn(leaf: string): Leaf | undefined {
  try {
    return Leaf.parse(JSON.parse(leaf))
  } catch {
    return undefined
  }
}
