/** Which parts of a mail are its text, and which are files that were sent along (RFC 2046, section 5.1). */
import type { Part } from './parts.ts'

export type Contents = {
  /** To be read one after the other. */
  texts: Part[]
  files: Part[]
  /** Pictures within the text, by the name the text gives them. */
  pictures: Map<string, Part>
  /** What a mail server reports of a mail that was handed to it. */
  report: { status: Part | null; original: Part | null } | null
}

export function contentsOf(root: Part): Contents {
  const contents: Contents = { texts: [], files: [], pictures: new Map(), report: null }
  if (root.type === 'multipart/report') contents.report = { status: null, original: null }
  sort(root, contents)
  return contents
}

function sort(part: Part, into: Contents): void {
  const [kind = '', detail = ''] = part.type.split('/')
  if (kind === 'multipart') {
    if (detail === 'alternative') sortAlternatives(part.children, into)
    // The second part of what is signed is the signature; of what is sealed, nobody here has the key.
    else if (detail === 'signed') part.children.slice(0, 1).forEach((child) => sort(child, into))
    else part.children.forEach((child) => sort(child, into))
    return
  }
  if (into.report && isOfReport(part, into.report)) return
  if (unread.test(part.type)) return
  if (isText(part)) into.texts.push(part)
  else {
    into.files.push(part)
    if (part.contentId !== '' && kind === 'image') into.pictures.set(part.contentId, part)
  }
}

/** The richest that can be read; what else lies in the others is a file all the same. */
function sortAlternatives(children: readonly Part[], into: Contents): void {
  const read = children.map((child) => {
    const contents: Contents = { texts: [], files: [], pictures: new Map(), report: into.report }
    sort(child, contents)
    return contents
  })
  const rich = read.findLast(({ texts }) => texts.some(({ type }) => type === 'text/html'))
  const chosen = rich ?? read.find(({ texts }) => texts.length > 0)
  const spare = read.find((other) => other !== chosen && other.texts.length > 0)
  // What stands in for another has nothing that stands in for it: else each level would double what is read.
  const instead = spare?.texts.map((part) => ({ ...part, instead: [] })) ?? []
  if (chosen)
    into.texts.push(...chosen.texts.map((part) => (part.instead.length > 0 ? part : { ...part, instead })))
  for (const { files, pictures } of read) {
    into.files.push(...files)
    for (const [id, part] of pictures) into.pictures.set(id, part)
  }
}

const isText = ({ type, isAttached, name }: Part) =>
  (type === 'text/html' || type === 'text/plain' || type === 'text/enriched') && !isAttached && name === ''

function isOfReport(part: Part, report: NonNullable<Contents['report']>): boolean {
  if (/^message\/(?:global-)?delivery-status$/.test(part.type)) report.status ??= part
  else if (/^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(part.type))
    report.original ??= part
  else return false
  return true
}

/** Signatures of what is signed: of no use without what they sign. */
const unread = /^application\/(?:(?:x-)?pkcs7-signature|pgp-signature|pgp-keys)$/
