/** From the bytes of a mail to what we know of it. Whatever stands in them, this ends, and throws nothing. */
import { createHash } from 'node:crypto'
import { ownMark } from '#platform/server/mail-postman.ts'
import type { IncomingMail } from '../incoming.ts'
import { authenticOf, isFromNobody } from './authentic.ts'
import { bounceOf } from './bounces.ts'
import { contentsOf, type Contents } from './contents.ts'
import { filesOf } from '../incoming-files.ts'
import { all, dateOf, first, messageIds, people, words, type Head } from './headers.ts'
import { withoutHistory } from './history.ts'
import { autoOf } from './machines.ts'
import { pictureMark, pictureMarks } from './marks.ts'
import { partsOf, type Part } from './parts.ts'
import { isForward } from './phrases.ts'
import { textIn } from './texts.ts'

export type Received = {
  /** The whole mail, or of one that is too large the beginning. */
  raw: Buffer
  bytes: number
  receivedAt: Date
  /** What our own mail server is called in its findings about senders. */
  authservId: string | undefined
}

export const longestBody = 50_000
export const longestQuoted = 200_000
const [mostPeople, mostIds] = [50, 100]

export async function understand({ raw, bytes, receivedAt, authservId }: Received): Promise<IncomingMail> {
  let head: Head = []
  let contents: Contents | undefined
  try {
    contents = contentsOf(await partsOf(raw, (seen) => (head = seen)))
  } catch {
    // Beyond all bounds, or no mail: what was seen of its head is all there is.
  }
  const isCut = bytes > raw.length
  const said = contents && isMail(head) ? saidIn(contents, head) : undefined
  const plainText = said ? `${said.body}\n${said.quoted}` : ''
  const from = peopleOf(head, 'from')[0] ?? null
  const elsewhere = (key: string) => peopleOf(head, key).find(({ email }) => email !== from?.email) ?? null
  const [to, cc] = [people(all(head, 'to'), mostPeople), people(all(head, 'cc'), mostPeople)]
  return {
    messageId: messageIds(first(head, 'message-id'), 1)[0] ?? null,
    inReplyTo: messageIds(first(head, 'in-reply-to'), mostIds),
    references: messageIds(all(head, 'references').join(' '), mostIds),
    from,
    sender: elsewhere('sender'),
    replyTo: elsewhere('reply-to'),
    to: to.people,
    cc: cc.people,
    recipients: to.count + cc.count,
    deliveredTo: [...new Set(handedTo.flatMap((key) => peopleOf(head, key)).map(({ email }) => email))],
    subject: words(first(head, 'subject'), 500),
    sentAt: dateOf(first(head, 'date')),
    receivedAt,
    bytes,
    sha256: createHash('sha256').update(raw).digest(),
    body: said?.body ?? '',
    quoted: said?.quoted ?? '',
    files:
      said && contents && !isCut ? filesOf(contents.files.filter((part) => !said.repeated.has(part))) : [],
    auto: autoOf(head),
    bounce: contents ? bounceOf(head, contents, plainText) : null,
    isFromNobody: isFromNobody(head),
    authentic: authenticOf(head, from?.email ?? null, authservId),
    loopMark: words(first(head, ownMark.toLowerCase()), 200) || null,
    problem: isCut ? 'too_large' : said ? null : 'unreadable',
  }
}

/** Where mail servers write down to whom they handed it. */
const handedTo = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-forwarded-to']

const peopleOf = (head: Head, key: string) => people(all(head, key).slice(0, 5), 10).people

const isMail = (head: Head) =>
  ['from', 'subject', 'date', 'message-id', 'received', 'to'].some((key) => first(head, key) !== '')

/** `repeated`: pictures that stand in the history alone, which came with an earlier mail. */
function saidIn(contents: Contents, head: Head): { body: string; quoted: string; repeated: Set<Part> } {
  const pictures: Part[] = []
  const picture = (contentId: string) => {
    const part = contents.pictures.get(safelyDecoded(contentId)) ?? contents.pictures.get(contentId)
    if (!part) return ''
    if (!pictures.includes(part)) pictures.push(part)
    return pictureMark(pictures.indexOf(part))
  }
  const text = textIn(contents.texts, picture)
  const subject = words(first(head, 'subject'), 500)
  const isReply =
    first(head, 'in-reply-to') + first(head, 'references') !== '' || /^(?:re|aw|sv|r)\s?:/i.test(subject)
  const told = withoutHistory(text, { isReply, isForward: isForward(subject) })
  const inBody = picturesIn(told.body)
  const show = (markdown: string) =>
    markdown.replaceAll(pictureMarks, (_, index: string) => {
      const name = pictures[Number(index)]?.name ?? ''
      return name === '' ? '' : `[${name.replaceAll(/[[\]*]/g, '')}]`
    })
  const body = show(told.body)
  const over = body.slice(longestBody)
  return {
    body: body.slice(0, longestBody).toWellFormed(),
    quoted: [over, show(told.quoted)].filter(Boolean).join('\n\n').slice(0, longestQuoted).toWellFormed(),
    repeated: new Set(pictures.filter((_, i) => picturesIn(told.quoted).has(i) && !inBody.has(i))),
  }
}

const picturesIn = (markdown: string) =>
  new Set([...markdown.matchAll(pictureMarks)].map(([, index]) => Number(index)))

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
