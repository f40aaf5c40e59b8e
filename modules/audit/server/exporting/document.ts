/**
 * The export as one JSON document that proves itself: each entry with its way to the root that the log signed, and its
 * payload with the salt its commitment was made with. `verifyExport` says what has to hold.
 */
import type { AuditFilter } from '#contract/audit'
import { leafHash } from '../tree/hashes.ts'
import { inclusionProof, verifyInclusion, type HashAt } from '../tree/proofs.ts'
import { nodesOf, type ReadTile } from '../tree/reading.ts'

/** The tree the entries are proved in. */
export type SignedTree = {
  origin: string
  vkey: string
  size: number
  root: Buffer
  /** The checkpoint, with the cosignatures of witnesses. */
  note: string
  read: ReadTile
}

/** What goes in of one entry: its leaf byte for byte, and the salted payload it commits to; undefined where there is none (any more). */
export type ProvableEntry = {
  leaf: string
  index: number | null
  salted: Buffer | undefined
  damaged: boolean
}

const saltBytes = 32

export async function* asDocument(
  entries: AsyncIterable<readonly ProvableEntry[]>,
  about: { filter: AuditFilter; exportedAt: Date },
  tree: SignedTree | undefined,
  tell: (notNumbered: number) => void,
): AsyncGenerator<string> {
  const head = {
    format: exportFormat,
    exportedAt: about.exportedAt.toISOString(),
    filter: about.filter,
    origin: tree?.origin ?? null,
    vkey: tree?.vkey ?? null,
    checkpoint: tree?.note ?? null,
  }
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`
  const prove = tree && proverOf(tree)
  const waiting: string[] = []
  let first = true
  for await (const batch of entries) {
    const written: string[] = []
    for (const entry of batch) {
      const { leaf, index } = entry
      // What cannot be opened is not what was erased: the reader must see the difference.
      const damaged = entry.damaged || undefined
      const payload = payloadOf(entry)
      if (!prove || !tree || index === null || index >= tree.size)
        waiting.push(JSON.stringify({ leaf, payload, damaged }))
      else written.push(JSON.stringify({ index, leaf, proof: await prove(index, leaf), payload, damaged }))
    }
    if (written.length > 0) yield (first ? '\n' : ',\n') + written.join(',\n')
    if (written.length > 0) first = false
  }
  tell(waiting.length)
  yield `\n],"notNumbered":[${waiting.join(',')}]}\n`
}

export const exportFormat = 'magestionpsy audit export 1'

/** The JSON as it was sealed, byte for byte: written again from its values it might have other bytes. */
const payloadOf = ({ salted }: ProvableEntry) =>
  salted ? { salt: salted.toString('base64', 0, saltBytes), json: salted.toString('utf8', saltBytes) } : null

/** Proofs of neighbours share most of their nodes: what was read and computed is kept for a while. */
const nodesKept = 100_000

function proverOf({ size, root, read }: SignedTree): (index: number, leaf: string) => Promise<string[]> {
  let nodes = nodesOf(size, read)
  let known = new Map<string, Buffer>()
  const hashAt: HashAt = async (level, index) => {
    const name = `${level}/${index}`
    const before = known.get(name)
    if (before) return before
    const hash = await nodes(level, index)
    known.set(name, hash)
    return hash
  }
  return async (index, leaf) => {
    if (known.size > nodesKept) {
      nodes = nodesOf(size, read)
      known = new Map()
    }
    const proof = await inclusionProof(index, size, hashAt)
    if (!verifyInclusion(index, size, leafHash(Buffer.from(leaf)), proof, root))
      throw new Error(`entry ${index} does not lead to the root that was signed: run bin/mgp audit verify`)
    return proof.map((hash) => hash.toString('base64'))
  }
}
