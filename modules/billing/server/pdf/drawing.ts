/** From what a document says to pages: the template of its layout, and what it is given. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { InvoiceContent, QuoteContent } from '#contract/billing'
import { typesetPdf, typesetSvg, type Extras } from '#platform/server/typeset.ts'
import type { Settled } from './settled.ts'

/** What is printed over a page that is no original: a draft, a copy, a copy of what was paid or taken back. */
export type Stamp = 'draft' | 'copy' | 'paid' | 'credited'
export type Printed = InvoiceContent | QuoteContent

const invoice1 = readFileSync(path.join(import.meta.dirname, 'invoice-1.typ'), 'utf8')
/** By the layout a content names: one that is changed becomes another file. */
const templates: Record<Printed['layout'], string> = { 'invoice-1': invoice1, 'quote-1': invoice1 }

/** @returns a PDF/A-2a. @throws Unprintable */
export function plainPdf(content: Printed, stamp: Stamp | null, settled: Settled | null = null): Buffer {
  return drawn(content, { stamp, settled, mark: null })
}

/** The same pages, one below the other. @throws Unprintable */
export function plainSvg(content: Printed, stamp: Stamp | null, settled: Settled | null = null): Buffer {
  const { template, data, extras } = sheets(content, { stamp, settled, mark: null })
  return Buffer.from(typesetSvg(template, data, extras))
}

/** @returns a PDF/A-3b with the XML inside, not sealed yet. @throws Unprintable */
export function hybridPdf(content: InvoiceContent, xml: string, mark: string): Buffer {
  return drawn(
    content,
    { stamp: null, settled: null, mark },
    {
      // The name is the standard's (Factur-X 1.0, 6.2.2).
      attachment: {
        name: 'factur-x.xml',
        mediaType: 'text/xml',
        description: 'Factur-X (EN 16931)',
        text: xml,
      },
    },
  )
}

function drawn(content: Printed, over: Over, more: Extras = {}): Buffer {
  const { template, data, extras } = sheets(content, over)
  return typesetPdf(template, data, { ...extras, ...more })
}

type Over = { stamp: Stamp | null; settled: Settled | null; mark: string | null }

function sheets(content: Printed, over: Over): { template: string; data: unknown; extras: Extras } {
  const { logo, ...appearance } = content.appearance
  const place = logo && `/logo.${logo.mediaType === 'image/png' ? 'png' : 'svg'}`
  return {
    template: templates[content.layout],
    data: { content: { ...content, appearance }, ...over, logo: place },
    extras: logo && place ? { files: { [place]: Buffer.from(logo.base64, 'base64') } } : {},
  }
}
