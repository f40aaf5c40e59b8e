/** A receipt that verifies alone: C2SP tlog-proof. Ours carry the entry itself in the `extra` line. */
import { fromBase64 } from './base64.ts'
import { openCheckpoint, type OpenedCheckpoint } from './checkpoints.ts'
import { hashBytes, leafHash } from './hashes.ts'
import type { Vkey } from './keys.ts'
import { verifyInclusion } from './proofs.ts'

export type ProofFile = {
  index: number
  /** From the leaf's sibling up. */
  proof: Buffer[]
  /** The checkpoint with all its signatures. */
  note: string
  /** The entry's bytes: believed only because its hash leads to the root. */
  extra?: Buffer
}

export type VerifiedProof = { index: number; entry: Buffer; checkpoint: OpenedCheckpoint }

/** A sentence about what is wrong with the file. */
export class ProofError extends Error {
  override name = 'ProofError'
}

const header = 'c2sp.org/tlog-proof@v1'

export function formatProof({ index, proof, note, extra }: ProofFile): string {
  const lines = [header]
  if (extra) lines.push(`extra ${extra.toString('base64')}`)
  lines.push(`index ${index}`, ...proof.map((hash) => hash.toString('base64')))
  return `${lines.join('\n')}\n\n${note}`
}

/** @throws {ProofError} */
export function parseProof(text: string): ProofFile {
  const blank = text.indexOf('\n\n')
  if (blank < 0) throw new ProofError('no blank line before the checkpoint')
  const [first, ...lines] = text.slice(0, blank).split('\n')
  if (first !== header) throw new ProofError(`it does not begin with ${header}`)
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()!.slice('extra '.length) : undefined // just seen
  const bytes = extra === undefined ? undefined : fromBase64(extra)
  if (extra !== undefined && !bytes) throw new ProofError('the extra data is not Base64')
  const [, index] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined || !Number.isSafeInteger(Number(index))) throw new ProofError('there is no index')
  const proof = lines.map((line) => {
    const hash = fromBase64(line)
    if (hash?.length !== hashBytes) throw new ProofError('a line of the proof is no SHA-256 in Base64')
    return hash
  })
  return { index: Number(index), proof, note: text.slice(blank + 2), ...(bytes ? { extra: bytes } : {}) }
}

/**
 * Whether the entry the file carries stands in a tree that the log signed.
 * @throws {ProofError | NoteError} what does not hold
 */
export function verifyProof(
  text: string,
  logKeys: readonly Vkey[],
  witnesses: readonly Vkey[] = [],
): VerifiedProof {
  const { index, proof, note, extra } = parseProof(text)
  if (!extra) throw new ProofError('it carries no entry')
  const checkpoint = openCheckpoint(note, logKeys, witnesses)
  if (!verifyInclusion(index, checkpoint.size, leafHash(extra), proof, checkpoint.root))
    throw new ProofError(
      `the entry does not stand at ${index} in the tree of ${checkpoint.size} that was signed`,
    )
  return { index, entry: extra, checkpoint }
}
