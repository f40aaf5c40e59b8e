import {
  agreeToAccess,
  chooseOwnPolicy,
  endAccess,
  getAccess,
  getAccessProof,
  lessStrict,
  listAccesses,
  notNow,
  notYourNotes,
  openNotesToAccess,
  refuseAccess,
  stricter,
  type Access,
} from '#contract/impersonation'
import type { ProofOf } from '#server/audit'
import { strToU8, zipSync } from 'fflate'
import {
  found,
  handle,
  NotFound,
  refuse,
  Stream,
  type CentralHandler,
  type Context,
  type MemberActor,
} from '#platform/server/requests.ts'
import { end } from './ending.ts'
import { linesOf } from './lines.ts'
import type { Parts } from './parts.ts'
import {
  deploymentPolicy,
  impersonationById,
  impersonationRows,
  lockImpersonation,
  policyOfPractice,
  setAnswered,
  setNotesOpened,
  setPolicyOfPractice,
  type Row,
} from './queries.ts'
import { shown, stateNow } from './state.ts'
import { newsOf } from './telling.ts'

/** A practice’s own side: it sees every access, answers those it is asked about, and ends what it likes. */
export function ofPractice(parts: Parts & { proofOf: ProofOf }): CentralHandler[] {
  /** One of the asking member’s practice, held until the end of the transaction. */
  async function step(ctx: Context, id: string): Promise<{ row: Row; now: Date }> {
    await lockImpersonation(ctx.db, id)
    return { row: await ofTheirs(ctx, id), now: ctx.clock.now() }
  }

  async function answered(ctx: Context, row: Row, after: unknown): Promise<Access> {
    for (const whisper of newsOf(row)) await ctx.tell(whisper)
    ctx.record({ object: 'impersonation', id: row.id, after })
    return accessOf(await ofTheirs(ctx, row.id), ctx.member, ctx.clock.now())
  }

  return [
    handle(listAccesses, async (ctx, { query: { limit } }) => {
      const now = ctx.clock.now()
      const rows = await impersonationRows(ctx.db, { tenant: ctx.member.tenantId }, limit, now)
      return {
        rows: rows.map((row) => accessOf(row, ctx.member, now)),
        policy: await policies(ctx),
      }
    }),

    handle(getAccess, async (ctx, { params: { id } }) => {
      const row = await ofTheirs(ctx, id)
      return {
        ...accessOf(row, ctx.member, ctx.clock.now()),
        lines: await linesOf(parts.audit, ctx.db, id),
      }
    }),

    handle(getAccessProof, async (ctx, { params: { id } }) => {
      const now = ctx.clock.now()
      const access = { ...shown(await ofTheirs(ctx, id), now), lines: await linesOf(parts.audit, ctx.db, id) }
      const files: Record<string, Uint8Array> = { 'access.json': strToU8(JSON.stringify(access, null, 2)) }
      for (const { entryId } of access.lines) {
        const proof = await parts.proofOf(ctx.db, entryId)
        if (proof) files[`proofs/${proof.index}.tlog-proof`] = strToU8(proof.text)
      }
      ctx.record({ object: 'impersonation', id, after: { lines: access.lines.length } })
      return new Stream(Buffer.from(zipSync(files, { mtime: now })), {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="acces-${access.askedAt.slice(0, 10)}.zip"`,
      })
    }),

    handle(agreeToAccess, async (ctx, { params: { id }, body: { openNotes } }) => {
      const { row, now } = await step(ctx, id)
      if (!mayAnswer(row, ctx.member, now)) throw refuse(notNow, { details: { state: stateNow(row, now) } })
      if (openNotes && !mayOpenNotes(row, ctx.member)) throw refuse(notYourNotes)
      await setAnswered(ctx.db, id, { by: ctx.member.memberId, agreed: true, notes: openNotes, now })
      return answered(ctx, row, { actor: row.staffId, notes: openNotes })
    }),

    handle(refuseAccess, async (ctx, { params: { id } }) => {
      const { row, now } = await step(ctx, id)
      if (!mayAnswer(row, ctx.member, now)) throw refuse(notNow, { details: { state: stateNow(row, now) } })
      await setAnswered(ctx.db, id, { by: ctx.member.memberId, agreed: false, notes: false, now })
      return answered(ctx, row, { actor: row.staffId })
    }),

    handle(openNotesToAccess, async (ctx, { params: { id } }) => {
      const { row, now } = await step(ctx, id)
      const state = stateNow(row, now)
      if (!mayOpenNotes(row, ctx.member)) throw refuse(notYourNotes)
      if (!['ready', 'running'].includes(state) || row.notesOpenedAt)
        throw refuse(notNow, { details: { state } })
      await setNotesOpened(ctx.db, id, now)
      return answered(ctx, row, { actor: row.staffId })
    }),

    handle(endAccess, async (ctx, { params: { id } }) => {
      const { row, now } = await step(ctx, id)
      const state = stateNow(row, now)
      const isOpen = state === 'ready' || state === 'running'
      if (!isOpen) throw refuse(notNow, { details: { state } })
      await end(parts, ctx.db, id, { by: 'practice', member: ctx.member.memberId })
      return answered(ctx, row, { actor: row.staffId })
    }),

    handle(chooseOwnPolicy, async (ctx, { body: { policy } }) => {
      const before = await policies(ctx)
      if (policy !== null && stricter(before.vendor, policy) !== policy)
        throw refuse(lessStrict, { details: { policy: before.vendor } })
      await setPolicyOfPractice(ctx.db, ctx.member.tenantId, policy)
      ctx.record({
        object: 'tenant',
        id: ctx.member.tenantId,
        before: { policy: before.own },
        after: { policy },
      })
      return policies(ctx)
    }),
  ]
}

async function ofTheirs(ctx: Context, id: string): Promise<Row> {
  const row = found(await impersonationById(ctx.db, id, ctx.clock.now()))
  if (row.tenantId !== ctx.member.tenantId) throw new NotFound()
  return row
}

async function policies(ctx: Context) {
  const { policy: vendor } = await deploymentPolicy(ctx.db)
  const own = await policyOfPractice(ctx.db, ctx.member.tenantId)
  return { vendor, own, effective: stricter(vendor, own) }
}

/** Whoever is stood in for says whether; so does whoever answers for the practice. Breaking the glass asks neither. */
function mayAnswer(row: Row, member: MemberActor, now: Date): boolean {
  return !member.impersonator && !row.breakGlass && stateNow(row, now) === 'waiting'
}

/** Notes are their author’s, and only whoever stands in for the author could read them. */
const mayOpenNotes = (row: Row, member: MemberActor): boolean =>
  !member.impersonator && row.memberId === member.memberId && member.permissions.has('notes.read')

function accessOf(row: Row, member: MemberActor, now: Date): Access {
  const { review: _review, reviewedBy: _by, reviewedAt: _at, ...access } = shown(row, now)
  const isOpen = access.state === 'ready' || access.state === 'running'
  return {
    ...access,
    can: {
      answer: mayAnswer(row, member, now),
      openNotes: isOpen && access.notesOpenedAt === null && mayOpenNotes(row, member),
      end: isOpen && !member.impersonator,
    },
  }
}
