/** Freezing: canonical text, the XML made of it, and a link of the chain. */
import { createHash } from 'node:crypto'
import type { InvoiceContent } from '#contract/billing'
import { canonicalJson } from '#server/audit'
import { ciiOf } from '../xml/cii.ts'

export type Frozen = {
  /** Canonical JSON (RFC 8785). */
  content: string
  xml: string
  contentSha256: Buffer
  xmlSha256: Buffer
  previousSha256: Buffer
  sha256: Buffer
}

/** What the first document of a series follows. */
export const nothingBefore = Buffer.alloc(32)

/** What is frozen of a content, canonical text and the XML made of it. */
export const textsOf = (content: InvoiceContent): Pick<Frozen, 'content' | 'xml'> => ({
  content: canonicalJson(content),
  xml: ciiOf(content),
})

/** @param previous the former document's sha256; null: it is the first of its series */
export function freeze(content: InvoiceContent, previous: Buffer | null): Frozen {
  const { content: text, xml } = textsOf(content)
  const previousSha256 = previous ?? nothingBefore
  const contentSha256 = sha256Of(text)
  const xmlSha256 = sha256Of(xml)
  return {
    content: text,
    xml,
    contentSha256,
    xmlSha256,
    previousSha256,
    sha256: linkOf(previousSha256, contentSha256, xmlSha256),
  }
}

/** SHA-256(previous || content || xml): whoever changes one document changes all that follow. */
export const linkOf = (previous: Buffer, content: Buffer, xml: Buffer): Buffer =>
  createHash('sha256').update(previous).update(content).update(xml).digest()

export const sha256Of = (text: string): Buffer => createHash('sha256').update(text).digest()
