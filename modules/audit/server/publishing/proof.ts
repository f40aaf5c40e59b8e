/** The receipt of one entry: whoever holds it proves, without us, that the entry stood in the log we signed. */
import { downloadAuditProof, entryNotNumbered } from '#contract/audit'
import { found, handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { withSignature } from '../tree/notes.ts'
import { readCheckpoint } from '../tree/checkpoints.ts'
import { leafHash } from '../tree/hashes.ts'
import { formatProof } from '../tree/proof-file.ts'
import { inclusionProof, verifyInclusion } from '../tree/proofs.ts'
import { nodesOf } from '../tree/reading.ts'
import type { Signing } from '../witnessing/places.ts'
import type { Published } from './published.ts'
import { cosignaturesOf, cosignedNote, leafOfEntry } from './queries.ts'

export const proving = (log: Published, witnesses: readonly Signing[]): Handler =>
  handle(downloadAuditProof, async (ctx, { params: { id } }) => {
    const { leaf, index } = found(await leafOfEntry(ctx.db, id))
    const head = await log.checkpoint()
    if (index === null || !head || index >= head.size) throw refuse(entryNotNumbered)

    // One that somebody else has signed too says more than a later one of ours alone.
    const cosigned = await cosignedNote(ctx.db, { above: index, upTo: head.size }, witnesses)
    const { size, root, note } = cosigned ? { ...readCheckpoint(cosigned), note: cosigned } : head
    const extra = Buffer.from(leaf)
    const proof = await inclusionProof(index, size, nodesOf(size, log.read))
    if (!verifyInclusion(index, size, leafHash(extra), proof, root))
      throw new Error(`entry ${index} does not lead to the root that was signed: run bin/mgp audit verify`)

    const signed = (await cosignaturesOf(ctx.db, { size, note }, witnesses)).reduce(withSignature, note)
    ctx.record({ object: 'audit_entry', id })
    return new Stream(Buffer.from(formatProof({ index, proof, note: signed, extra })), {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="journal-${index}.tlog-proof"`,
    })
  })
