/** How a mail is worded: the same sentences as text and as a page, from the messages of the module that sends it. */
import { languages, type Language, type Sentences } from './sentences.ts'
import { htmlOf } from './mail-html.ts'
import { htmlOfMarkdown } from './mail-markdown.ts'

export type Letter = {
  to: { email: string; name: string }
  /** The person's own; French where it is none of ours. */
  language: string
  /**
   * The prefix of its messages: `.subject`, `.body` (an empty line between paragraphs), `.action` for the button's
   * words, and `.after` for what stands below the button, if anything.
   */
  template: string
  values?: Readonly<Record<string, string | number>>
  /** What somebody wrote in Markdown, below the body: as they wrote it in the text, and as it reads in the page. */
  said?: string
  /** Where the button leads. `label` is another key for its words. */
  action?: { url: string; label?: string }
  staffId?: string
  /** What a conversation is about, as people wrote it; the template's own unless told. */
  subject?: string
  /** Another key for what stands at the very end: what somebody reads answers to does not say that nobody does. */
  footer?: string
  post?: Posting
}

/** What a mail that is part of a conversation has besides its words. Message-IDs stand without their angles. */
export type Posting = {
  /** Whom it comes from; the installation's own address unless told. */
  from?: { name: string; email: string }
  /** Where answers go, and what other servers say of it when it does not arrive. */
  replyTo?: string
  inReplyTo?: string
  /** The oldest first. */
  references?: readonly string[]
  /**
   * RFC 3834: `generated` unless told, by which nobody's holiday answer comes back; `replied`: a machine answers;
   * `no`: a person wrote it.
   */
  automatic?: 'generated' | 'replied' | 'no'
  /** Read from DATA_DIR/<store>/<folder>/<file>, where they lie sealed, when it leaves. */
  attachments?: readonly StoredAttachment[]
}

export type StoredAttachment = {
  name: string
  mediaType: string
  store: string
  folder: string
  file: string
}

/** What a mail says, besides its subject. */
export type Written = {
  text: string
  html: string
  action: { label: string; url: string } | null
  post?: Posting
}

/** @throws when the address could not be one, the link leads off the web, or the messages are missing */
export function writeLetter(
  sentences: Sentences,
  letter: Letter,
): Written & { to: Letter['to']; language: Language; subject: string } {
  const language = languages.find((known) => known === letter.language) ?? 'fr'
  // What people chose, a name say, stays one line: it makes neither a header nor a paragraph of its own.
  const values = Object.fromEntries(
    Object.entries(letter.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? oneLine(value) : value,
    ]),
  )
  const say = (part: string) => {
    const key = part.startsWith('.') ? letter.template + part : part
    if (!sentences.has(key)) throw new Error(`no message ${key}`)
    return sentences.say(language, key, values)
  }
  const subject = oneLine(letter.subject ?? say('.subject'))
  const action = letter.action
    ? { label: say(letter.action.label ?? '.action'), url: webAddress(letter.action.url) }
    : null
  // Under somebody's own words a mail needs no others.
  const isTheirs = letter.said !== undefined && !sentences.has(`${letter.template}.body`)
  const before = isTheirs ? [] : paragraphsOf(say('.body'))
  const said = letter.said?.trim() ?? ''
  const after = sentences.has(`${letter.template}.after`) ? paragraphsOf(say('.after')) : []
  const frame = {
    product: sentences.say(language, 'mail.letter.product'),
    link: sentences.say(language, 'mail.letter.link'),
    footer: say(letter.footer ?? 'mail.letter.footer'),
  }
  const text = [
    ...before,
    ...(said === '' ? [] : [said]),
    ...(action ? [`${action.label}\n${action.url}`] : []),
    ...after,
    `-- \n${frame.product}\n${frame.footer}`,
  ].join('\n\n')
  return {
    to: { email: plainAddress(letter.to.email), name: oneLine(letter.to.name) },
    language,
    subject,
    text: `${text}\n`,
    html: htmlOf({ language, subject, before, said: htmlOfMarkdown(said), action, after, frame }),
    action,
    ...(letter.post && { post: plainPosting(letter.post) }),
  }
}

/** Everything that stands in a header is one line, and names that somebody else chose are no other header. */
function plainPosting({ from, replyTo, inReplyTo, references, ...rest }: Posting): Posting {
  return {
    ...rest,
    ...(from && { from: { name: oneLine(from.name), email: plainAddress(from.email) } }),
    ...(replyTo && { replyTo: plainAddress(replyTo) }),
    ...(inReplyTo && isMessageId(inReplyTo) && { inReplyTo }),
    ...(references && { references: references.filter(isMessageId) }),
  }
}

/** As other people's programs write them: what could end the header or the angles is left out. */
const isMessageId = (id: string) => /^[\x21-\x3b\x3d\x3f-\x7e]{1,250}$/.test(id)

/** Line breaks and other control characters become a space: what stands in a header cannot begin another one. */
export function oneLine(value: string): string {
  return value
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

function paragraphsOf(body: string): string[] {
  return body
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}

/** An address as SMTP takes it without quoting: nothing in it can end the command or name a second person. */
function plainAddress(email: string): string {
  if (!/^[^\s@"(),:;<>[\]\\]+@[a-z0-9.-]+$/i.test(email) || !/^[\x21-\x7e]{3,254}$/.test(email))
    throw new Error('that is no address a mail can go to')
  return email
}

function webAddress(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw new Error('a mail links to the web only')
  return url.href
}
