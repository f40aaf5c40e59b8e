/** Using a macro: first what would happen, then precisely that, in one transaction. */
import {
  applyMacro,
  macroOutdated,
  macroUnresolved,
  previewMacro,
  type Macro,
  type Ticket,
  type TicketMessage,
} from '#contract/support'
import { z } from 'zod'
import {
  handle,
  NotFound,
  refuse,
  WrongField,
  type Context,
  type Handler,
} from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { saveDraft } from '../conversation/queries.ts'
import { refuseUnseen } from '../conversation/replying.ts'
import { writeNote, writeReply } from '../conversation/writing.ts'
import { change } from '../tickets/changing.ts'
import { holdStanding, type Held } from '../tickets/lock.ts'
import { shownTicket } from '../tickets/shown.ts'
import { oneMacro } from './keeping.ts'
import { outcomeOf, type Answers, type Outcome } from './outcome.ts'
import { insertUse, replyDraft } from './queries.ts'

export const applyingMacros = (parts: Parts): readonly Handler[] => [
  handle(previewMacro, async (ctx, { params: { id, macroId }, query: { answers } }) => {
    const ticket = await shownTicket(ctx.db, id, ctx.actor, ctx.clock.now())
    const { shown } = await outcome(ctx, ticket, await usable(ctx, macroId), {
      answers: answersIn(answers),
    })
    return shown
  }),

  handle(applyMacro, async (ctx, { params: { id, macroId }, body }) => {
    const { db, actor } = ctx
    const held = await holdStanding(db, id)
    const macro = await usable(ctx, macroId)
    const ticket = await shownTicket(db, id, actor, ctx.clock.now())
    const doing = await outcome(ctx, ticket, macro, body)
    const { shown } = doing
    if (held.revision !== body.revision) throw refuse(macroOutdated, { details: { outcome: shown } })
    if (shown.unresolved.length > 0)
      throw refuse(macroUnresolved, {
        details: { variables: shown.unresolved },
        values: { variables: shown.unresolved.join(', ') },
      })
    await refuseUnseen(ctx, id, body.seenMessageId)
    const message = await perform(ctx, parts, held, macro, doing, body.insists)
    ctx.record({
      object: 'ticket',
      id,
      tenant: held.tenantId ?? undefined,
      ticket: `#${held.number}`,
      after: { macro: macro.title, macroId, changes: shown.changes, messageId: message?.id ?? null },
    })
    return { ticket: await shownTicket(db, id, actor, ctx.clock.now()), message }
  }),
]

async function perform(
  ctx: Context,
  parts: Parts,
  held: Held,
  macro: Macro,
  { shown, change: changes, thenDo }: Outcome,
  insists: boolean,
): Promise<TicketMessage | null> {
  const { db, actor } = ctx
  const { id: ticketId } = held
  const said = shown.reply
  const at = ctx.clock.now()
  const by = { staffId: actor.staffId, label: actor.name }
  await insertUse(db, { macroId: macro.id, ticketId, staffId: actor.staffId, at })
  const note =
    shown.note === null
      ? null
      : await writeNote(db, parts, held, { body: shown.note, by, attachmentIds: [], at })
  const draft = said === null ? '' : await replyDraft(db, ticketId, actor.staffId)
  const message =
    said === null
      ? null
      : await writeReply(db, parts, held, { body: said, by, attachmentIds: [], at, thenDo, insists })
  // Without words there is nothing to take back, and it is done at once.
  const atOnce = said !== null ? {} : thenDo === 'resolve' ? { status: 'resolved' as const } : {}
  const waits = said === null && thenDo === 'wait' && held.status !== 'resolved'
  await change(
    db,
    parts,
    held,
    {
      ...changes,
      ...atOnce,
      ...(waits && { waiting: { why: macro.title } }),
      macro: { title: macro.title, said: [note, message].flatMap((one) => one?.id ?? []) },
    },
    by,
  )
  // What was half written is neither sent nor lost, unless its writer took it into the reply.
  if (said !== null && draft.trim() !== '' && !said.includes(draft.trim()))
    await saveDraft(db, { ticketId, staffId: actor.staffId, kind: 'reply', body: draft, updatedAt: at })
  return message
}

/** In the trash it does nothing any more. */
async function usable(ctx: Context, id: string): Promise<Macro> {
  const macro = await oneMacro(ctx, id)
  if (macro.trashedAt) throw new NotFound()
  return macro
}

const outcome = (
  ctx: Context,
  ticket: Ticket,
  macro: Macro,
  { answers, reply }: { answers: Answers; reply?: string | undefined },
) => outcomeOf(ctx.db, ticket, macro, { answers, reply, agent: ctx.actor, now: ctx.clock.now() })

const Answered = z.record(z.string().max(120), z.string().max(500))

/** As JSON, since it comes in an address. */
function answersIn(json: string): Answers {
  try {
    return Answered.parse(JSON.parse(json))
  } catch {
    throw new WrongField('query', 'answers', 'macro_answers_wrong')
  }
}
