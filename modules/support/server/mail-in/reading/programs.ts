/** How mail programs mark what they write, and how they hide. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** What is said to be history or signature, by the classes and names that mail programs give them. */
export function roleOf(name: string, { class: classes = '', id = '', type }: Attributes): Role | null {
  if (name === 'blockquote' && type === 'cite') return 'quote'
  if (id.length > 200 || classes.length > 500) return null
  if (historyIds.test(id)) return 'history'
  if (quoteClasses.test(classes)) return 'quote'
  return signatureClasses.test(classes) || signatureIds.test(id) ? 'signature' : null
}
export type Role = 'history' | 'quote' | 'signature'

/** Outlook, in its several kinds; pasted through another program they begin with x_. */
const historyIds = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/
const quoteClasses =
  /(?:^|\s)(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-cite-prefix)(?:\s|$)/
const signatureClasses =
  /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block|x_gmail_signature)(?:\s|$)/
const signatureIds = /^(?:x_)*(?:Signature|AppleMailSignature|ms-outlook-mobile-signature)$/

/** Left out, as the program that shows the page leaves it out: what a sender hides is meant for no reader. */
export function isHidden({ style = '', hidden }: Attributes): boolean {
  if (hidden !== undefined) return true
  if (style === '' || style.length > 5_000) return false
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)|opacity\s*:\s*0\s*(?:;|!|$))/i.test(
    style,
  )
}

/** A paragraph without space around it, as Outlook writes its lines. */
export function isTight({ class: classes = '', style = '' }: Attributes): boolean {
  return /\bMso(?:Normal|ListParagraph|PlainText)/.test(classes) || /margin(?:-top)?\s*:\s*0/i.test(style)
}
