/** The receipt of one entry: whoever holds it proves, without us, that the entry stood in the log we signed. */
import { downloadAuditProof, entryNotNumbered } from '#contract/audit'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { withSignature } from '../tree/notes.ts'
import { readCheckpoint } from '../tree/checkpoints.ts'
import { leafHash } from '../tree/hashes.ts'
import { formatProof } from '../tree/proof-file.ts'
import { inclusionProof, verifyInclusion } from '../tree/proofs.ts'
import { nodesOf } from '../tree/reading.ts'
import { signingOf, type Place, type Signing } from '../witnessing/places.ts'
import { openPublished, type Published } from './published.ts'
import { cosignaturesOf, cosignedNote, leafOfEntry } from './queries.ts'

/** An entry's number and its proof as a C2SP tlog-proof file; undefined while it has no number in what was signed. */
export type ProofOf = (db: CentralDb, entryId: string) => Promise<{ index: number; text: string } | undefined>

export const openProofs = (on: { dataDir: string; witnesses: readonly Place[] }): ProofOf =>
  proofs(openPublished(on.dataDir), signingOf(on.witnesses))

const proofs =
  (log: Published, witnesses: readonly Signing[]): ProofOf =>
  async (db, id) => {
    const { leaf, index } = found(await leafOfEntry(db, id))
    const head = await log.checkpoint()
    if (index === null || !head || index >= head.size) return undefined

    // One that somebody else has signed too says more than a later one of ours alone.
    const cosigned = await cosignedNote(db, { above: index, upTo: head.size }, witnesses)
    const { size, root, note } = cosigned ? { ...readCheckpoint(cosigned), note: cosigned } : head
    const extra = Buffer.from(leaf)
    const proof = await inclusionProof(index, size, nodesOf(size, log.read))
    if (!verifyInclusion(index, size, leafHash(extra), proof, root))
      throw new Error(`entry ${index} does not lead to the root that was signed: run bin/mgp audit verify`)

    const signed = (await cosignaturesOf(db, { size, note }, witnesses)).reduce(withSignature, note)
    return { index, text: formatProof({ index, proof, note: signed, extra }) }
  }

export const proving = (log: Published, witnesses: readonly Signing[]): Handler => {
  const proofOf = proofs(log, witnesses)
  return handle(downloadAuditProof, async (ctx, { params: { id } }) => {
    const proof = await proofOf(ctx.db, id)
    if (!proof) throw refuse(entryNotNumbered)
    ctx.record({ object: 'audit_entry', id })
    return new Stream(Buffer.from(proof.text), {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="journal-${proof.index}.tlog-proof"`,
    })
  })
}
