/** A mail as it came in, understood: what `reading/` hands to who files it. Everything in it is what a stranger wrote. */

export type MailPerson = {
  /** In one line, as they call themselves; empty where they do not. */
  name: string
  /** Lower case. */
  email: string
}

export type IncomingFile = {
  /** A bare name, without a path; never empty. */
  name: string
  /** By its bytes, never by what the mail says of it; null for what we do not take. */
  mediaType: string | null
  bytes: number
  /** Empty where there is a `why`. */
  content: Buffer
  /** Why it is not kept: not of a type we take, too large, one too many. */
  why: null | 'type' | 'size' | 'count'
}

/** What a mail server says of a mail of ours that it could not hand over (RFC 3464, or the words of those that do not know it). */
export type Bounce = {
  /** Whom it did not reach, lower case; null where it is not said. */
  recipient: string | null
  /** The enhanced status code (RFC 3463): 5.x.x will never reach them, 4.x.x is late; null where it is not said. */
  status: string | null
  /** What the other server said, in one line. */
  said: string
  /** The Message-ID of ours, without the angles. */
  originalMessageId: string | null
}

export type IncomingMail = {
  /** Without the angles. */
  messageId: string | null
  /** Message-IDs without the angles, oldest first, each once. */
  inReplyTo: string[]
  references: string[]
  from: MailPerson | null
  /** Who handed it in for `from`, where that is somebody else. */
  sender: MailPerson | null
  /** Where it wants answers, where that is somebody else. */
  replyTo: MailPerson | null
  /** The first 50 of each; `recipients` says how many there are together. Groups are opened. */
  to: MailPerson[]
  cc: MailPerson[]
  recipients: number
  /** Addresses it was handed over to (Delivered-To, X-Original-To, Envelope-To): where a token stands though `to` is hidden. */
  deliveredTo: string[]
  /** In one line. */
  subject: string
  /** What its Date says. */
  sentAt: Date | null
  /** What our own mail server says. */
  receivedAt: Date
  /** Of the whole mail on the wire, and their SHA-256. */
  bytes: number
  sha256: Buffer
  /** What is new in it, as Markdown of at most 50 000 characters: no HTML, no picture from elsewhere, no link that hides where it leads. */
  body: string
  /** The history below or around it and the signature, as Markdown: shown folded. */
  quoted: string
  files: IncomingFile[]
  /** Written by a machine: an answer or report that nobody wrote, a mailing list, or what wants no automatic answer for another reason. */
  auto: null | 'auto_reply' | 'list' | 'bulk'
  bounce: Bounce | null
  /** What our own mail server found of the sender's domain (RFC 8601); other servers' words are not believed. */
  authentic: 'pass' | 'fail' | 'unknown'
  /** As a report of a mail server is: with an empty return path, or of that form where none is written down. */
  isFromNobody: boolean
  /** What stands in it where a mail of ours bears its own id: whether one does, who files it finds. */
  loopMark: string | null
  /** Too large to be read to its end (no files, and of its text the beginning), or no mail at all. */
  problem: null | 'too_large' | 'unreadable'
}
