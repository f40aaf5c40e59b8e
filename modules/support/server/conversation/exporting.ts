/**
 * A conversation as a document. What people wrote is Markdown and stays as they wrote it, character for character: line
 * breaks, lists, links and quotes are what they were. Only what stands around it is ours.
 */
import { exportTicket, exportTicketWithNotes } from '#contract/support'
import { attachment } from '#platform/server/attachment.ts'
import { oneLine } from '#platform/server/mail-writing.ts'
import { found, handle, Stream, type Context, type Handler } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { Parts } from '../parts.ts'
import { attachmentsOf } from './attachment-queries.ts'
import { messageRows, ticketHead, type MessageRow } from './queries.ts'

export const exporting = ({ sentences }: Pick<Parts, 'sentences'>): readonly Handler[] => {
  const exported = async (ctx: Context, id: string, notes: boolean) => {
    const ticket = found(await ticketHead(ctx.db, id))
    const rows = (await messageRows(ctx.db, id)).filter(
      (row) => isSaid(row) || (notes && row.kind === 'note'),
    )
    const ids = rows.map((row) => row.id)
    const files = await attachmentsOf(ctx.db, ids)
    const text = documentOf({
      ticket,
      at: ctx.clock.now(),
      language: ctx.request.language,
      sentences,
      messages: rows.map((row) => ({ ...row, files: (files.get(row.id) ?? []).map(({ name }) => name) })),
    })
    ctx.record({ object: 'ticket', id, ticket: `#${ticket.number}`, after: { messages: rows.length } })
    const bytes = Buffer.from(text)
    return new Stream(bytes, {
      'content-type': 'text/markdown; charset=utf-8',
      'content-length': String(bytes.length),
      'content-disposition': attachment(`ticket-${ticket.number}${notes ? '-notes' : ''}.md`),
      'x-content-type-options': 'nosniff',
    })
  }
  return [
    handle(exportTicket, (ctx, { params: { id } }) => exported(ctx, id, false)),
    handle(exportTicketWithNotes, (ctx, { params: { id } }) => exported(ctx, id, true)),
  ]
}

/** What has not left, or was taken back, was never said. */
const isSaid = ({ kind, leftAt, takenBackAt }: MessageRow) =>
  kind === 'customer' || (kind !== 'note' && leftAt !== null && takenBackAt === null)

type Exported = Pick<MessageRow, 'kind' | 'byName' | 'writtenAt' | 'body' | 'quoted'> & {
  files: readonly string[]
}

export function documentOf({
  ticket: { number, subject },
  messages,
  at,
  language,
  sentences,
}: {
  ticket: { number: number; subject: string }
  messages: readonly Exported[]
  at: Date
  language: Language
  sentences: Pick<Sentences, 'say'>
}): string {
  const say = (key: string, values?: Record<string, string | number>) =>
    sentences.say(language, `support.export.${key}`, values)
  const instant = (date: Date) =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      timeZone: 'Europe/Paris',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(date)
  const hasNotes = messages.some(({ kind }) => kind === 'note')
  const parts = messages.map(({ kind, byName, writtenAt, body, quoted, files }) => {
    const isNote = kind === 'note'
    const side = say(`side.${kind === 'customer' || kind === 'auto' ? kind : 'team'}`)
    return [
      `## ${say('by', { at: instant(writtenAt), name: oneLine(byName), side })}`,
      ...(isNote ? [`**${say('note')}**`] : []),
      body,
      ...(quoted === '' ? [] : [say('quoted'), quoted.replaceAll(/^/gm, '> ')]),
      ...(files.length === 0 ? [] : [say('files', { names: files.join(', ') })]),
    ].join('\n\n')
  })
  return [
    `# #${number} ${oneLine(subject)}`,
    say('head', { number: String(number), at: instant(at) }),
    ...(hasNotes ? [`**${say('has-notes')}**`] : []),
    ...parts.flatMap((part) => ['---', part]),
    '',
  ].join('\n\n')
}
