/** What the machine left to people: a mail is put where it belongs, or decided against, and both can be taken further. */
import {
  discardReceivedMail,
  fileReceivedMail,
  mailDecided,
  mailGone,
  type ReceivedMail,
} from '#contract/support'
import { emailHolds } from '#platform/contract/emails.ts'
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { lockWhereItLives, standing } from '../tickets/lock.ts'
import { clientNamed, memberWithAddress, tenantOf } from '../tickets/queries.ts'
import { allStorable } from '../tickets/storable.ts'
import { acknowledge } from './acknowledging.ts'
import { mailFiles, type MailFiles } from './mail-files.ts'
import { beginWith, putInto, type Putting } from './putting.ts'
import { changeMail, mailHeld, type FileOfMail, type MailRow } from './queries.ts'
import { understandApart } from './reading/apart.ts'
import { shownMail } from './tray.ts'

export function decidingByHand(parts: Parts): readonly Handler[] {
  const files = mailFiles(parts)
  return [
    handle(fileReceivedMail, async (ctx, { params: { id }, body: { revision, into } }) => {
      const mail = await held(ctx, id, revision)
      if (mail.state === 'filed') throw await decided(ctx, id)
      const putting = await puttingOf(mail, parts, files)
      const by = { staffId: ctx.actor.staffId, label: ctx.actor.name }
      const placed =
        into.to === 'ticket'
          ? await intoTicket(ctx, parts, files, putting, { ...into, by, as: kindOf(mail) })
          : await intoNew(ctx, parts, files, putting, { ...into, by })
      await changeMail(ctx.db, id, { state: 'filed', ...placed, ...decidedBy(ctx) })
      ctx.record({
        object: 'received_mail',
        id,
        before: { state: mail.state, why: mail.why },
        after: { state: 'filed', into: into.to, ticketId: placed.ticketId },
      })
      return shownMail(ctx.db, id, ctx.clock.now())
    }),

    handle(discardReceivedMail, async (ctx, { params: { id }, body: { revision, discarded } }) => {
      const mail = await held(ctx, id, revision)
      const isThere = mail.state === 'discarded'
      if (mail.state === 'filed' || isThere === discarded) throw await decided(ctx, id)
      const back = isMachines(mail.why) ? 'set_aside' : 'to_confirm'
      const state = discarded ? 'discarded' : back
      await changeMail(ctx.db, id, { state, ...(discarded ? decidedBy(ctx) : undecided) })
      ctx.record({ object: 'received_mail', id, before: { state: mail.state }, after: { state } })
      return shownMail(ctx.db, id, ctx.clock.now())
    }),
  ]
}

const decidedBy = (ctx: Context) => ({ decidedBy: ctx.actor.staffId, decidedAt: ctx.clock.now() })
const undecided = { decidedBy: null, decidedAt: null }

/** @throws NotFound, mailDecided where somebody else decided since */
async function held(ctx: Context, id: string, revision: number): Promise<MailRow> {
  const mail = found(await mailHeld(ctx.db, id))
  if (mail.revision !== revision) throw await decided(ctx, id)
  return mail
}

async function decided(ctx: Context, id: string) {
  const current: ReceivedMail = await shownMail(ctx.db, id, ctx.clock.now())
  return refuse(mailDecided, { details: { current } })
}

const machines = new Set(['bounce', 'auto_reply', 'list', 'bulk', 'loop', 'duplicate'])
const isMachines = (why: string) => machines.has(why)
const kindOf = ({ why }: MailRow) => (why === 'auto_reply' ? 'auto' : 'customer')

/** As it was understood when it came in; its files are read from the mail itself, which lies sealed until then. */
async function puttingOf(mail: MailRow, { post }: Pick<Parts, 'post'>, files: MailFiles): Promise<Putting> {
  const { messageId, subject, body, quoted, receivedAt } = mail
  const from = { name: mail.fromName, email: mail.fromEmail }
  const words = { messageId, from, subject, body, quoted, receivedAt }
  const brings = (mail.files as FileOfMail[]).some(({ kept }) => kept) // as filing.ts writes them
  if (!brings) return { ...words, files: [] }
  const raw = mail.storageKey === null ? undefined : await files.whole(mail.storageKey)
  if (!raw) throw refuse(mailGone)
  const read = await understandApart({ raw, bytes: mail.bytes, receivedAt, authservId: post.imapAuthservId })
  return { ...words, files: allStorable(read.files) }
}

type By = { staffId: string; label: string }

async function intoTicket(
  ctx: Context,
  parts: Parts,
  files: MailFiles,
  mail: Putting,
  { ticketId, by, as }: { ticketId: string; by: By; as: 'customer' | 'auto' },
) {
  const ticket = standing(await lockWhereItLives(ctx.db, ticketId))
  const row = await putInto(ctx.db, { parts, files }, ticket, mail, { as, by })
  return { ticketId: row.ticketId, ticketMessageId: row.id }
}

async function intoNew(
  { db }: Context,
  parts: Parts,
  files: MailFiles,
  mail: Putting,
  about: {
    subject: string
    clientId: string | null
    priority: 'low' | 'normal' | 'high' | 'urgent'
    topic: 'question' | 'trouble' | 'billing' | 'account' | 'data' | 'idea' | 'other'
    by: By
  },
) {
  const { subject, priority, topic, clientId, by } = about
  // Nobody could be answered.
  if (!emailHolds(mail.from.email)) throw new WrongField('body', 'into', 'received_mail_no_sender')
  if (clientId !== null && !(await clientNamed(db, clientId)))
    throw new WrongField('body', 'into.clientId', 'ticket_client_unknown')
  const tenantId = clientId === null ? null : await tenantOf(db, clientId)
  const memberId = tenantId && (await memberWithAddress(db, tenantId, mail.from.email))
  const beginning = { subject, priority, topic, clientId, tenantId, memberId }
  const begun = await beginWith(db, { parts, files }, mail, beginning, by)
  await acknowledge(db, parts, begun.held)
  return { ticketId: begun.held.id, ticketMessageId: begun.row.id, clientId }
}
