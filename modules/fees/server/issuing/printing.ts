import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Stream } from '#platform/server/requests.ts'
import { typesetPdf, typesetSvg } from '#platform/server/typeset.ts'
import type { NoteContent } from './content.ts'

/** What a note's paper says besides its content: that it is none yet, or none any more. */
export type Standing = { state: 'draft' | 'issued' } | { state: 'cancelled'; on: string }

/** By the layout its content names: one that is changed becomes another file. */
const template = readFileSync(path.join(import.meta.dirname, 'fee-note-1.typ'), 'utf8')

export function printNote(content: NoteContent, standing: Standing, as: 'pdf' | 'svg'): Stream {
  const data = { ...content, standing }
  const name = standing.state === 'draft' ? 'note-projet' : content.number
  return as === 'pdf'
    ? new Stream(typesetPdf(template, data), {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}.pdf"`,
      })
    : new Stream(Buffer.from(typesetSvg(template, data)), {
        'content-type': 'image/svg+xml',
        // Opened by itself it is a page: nothing in it runs, and it fetches nothing.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      })
}
