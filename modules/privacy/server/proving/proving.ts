import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  addProofFile,
  addProofLink,
  downloadProof,
  maxProofs,
  proofTypeRefused,
  tooManyProofs,
} from '#contract/privacy'
import { attachment } from '#platform/server/attachment.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handle,
  refuse,
  Stream,
  WrongField,
  type Context,
  type Handler,
} from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { wholeRequest } from '../listing.ts'
import { held, takeStep } from '../taking-steps.ts'
import { entryVerb, hasCertificate, insertProof, proofsCounted, sealedProof } from './queries.ts'
import { typeOf } from './sniffing.ts'

/**
 * Proofs stay in the database, sealed: they are written with the step that tells of them, saved with it, and lost with
 * nothing less.
 */
export function proving({ vault }: { vault: Vault }): Handler[] {
  return [
    handle(addProofFile, async (ctx, { params: { id }, query, file }) => {
      const request = await held(ctx, id)
      await checkRoom(ctx, id)
      const bytes = await readFile(file.path)
      const mediaType = typeOf(bytes)
      if (!mediaType) throw refuse(proofTypeRefused)
      const proofId = uuidv7()
      await insertProof(ctx.db, {
        ...added(ctx, id, proofId),
        kind: 'file',
        name: query.name,
        mediaType,
        bytes: file.bytes,
        sha256: Buffer.from(file.sha256, 'hex'),
        sealed: vault.seal(bytes, placeOf(proofId)),
      })
      const { sha256 } = file
      await takeStep(
        ctx,
        request,
        { kind: 'proof_added', proofId },
        { after: { mediaType, bytes: file.bytes, sha256 } },
      )
      return wholeRequest(ctx, id)
    }),

    handle(addProofLink, async (ctx, { params: { id }, body: { kind, reference } }) => {
      const request = await held(ctx, id)
      await checkRoom(ctx, id)
      const name = kind === 'audit_entry' ? await entryVerb(ctx.db, reference) : reference
      if (
        name === undefined ||
        (kind === 'erasure_certificate' && !(await hasCertificate(ctx.db, reference)))
      )
        throw new WrongField('body', 'reference', `${kind}_unknown`)
      const proofId = uuidv7()
      await insertProof(ctx.db, { ...added(ctx, id, proofId), kind, name, reference })
      await takeStep(ctx, request, { kind: 'proof_added', proofId }, { after: { proof: kind, reference } })
      return wholeRequest(ctx, id)
    }),

    handle(downloadProof, async (ctx, { params: { id: requestId, proof: id } }) => {
      const { name, mediaType, sealed } = found(await sealedProof(ctx.db, { requestId, id }))
      ctx.record({ object: 'privacy_proof', id, after: { requestId } })
      // What is kept of a file is its bytes and its type: the table's CHECK holds both.
      const bytes = vault.open(sealed!, placeOf(id))
      return new Stream(Readable.from([bytes]), {
        'content-type': mediaType!,
        'content-length': String(bytes.length),
        // Never shown in place: a letter of somebody else's is not the house's own page.
        'content-disposition': attachment(name),
      })
    }),
  ]
}

const placeOf = (id: string) => `privacy_proofs.sealed:${id}`

const added = (ctx: Context, requestId: string, id: string) => ({
  id,
  requestId,
  addedAt: ctx.clock.now(),
  addedBy: ctx.actor.staffId,
})

async function checkRoom(ctx: Context, id: string): Promise<void> {
  if ((await proofsCounted(ctx.db, id)) >= maxProofs)
    throw refuse(tooManyProofs, { values: { most: maxProofs } })
}
