/** The words of a PDF as a reader finds them: its pages' strings, by the fonts' own tables back to Unicode (ISO 32000-1, 9.10). */
import { inflateSync } from 'node:zlib'

export function textOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const contents = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head))
  return contents.map((page) => textOfPage(page.head, objects)).join('\n')
}

type PdfObject = { head: string; stream: Buffer | undefined }

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const raw = pdf.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const { 1: id = '', index } of raw.matchAll(/(?:^|\n)(\d+) 0 obj\b/g)) {
    const begin = raw.indexOf('obj', index) + 3
    const streamed = raw.indexOf('stream', begin)
    const ends = raw.indexOf('endobj', begin)
    const head = raw.slice(begin, streamed >= 0 && streamed < ends ? streamed : ends)
    objects.set(id, { head, stream: head.length < ends - begin ? streamOf(pdf, head, streamed) : undefined })
  }
  return objects
}

function streamOf(pdf: Buffer, head: string, at: number): Buffer {
  const begin = at + (pdf[at + 6] === 13 ? 8 : 7)
  const bytes = pdf.subarray(begin, begin + Number(/\/Length (\d+)/.exec(head)?.[1]))
  return head.includes('/FlateDecode') ? inflateSync(bytes) : bytes
}

function textOfPage(head: string, objects: Map<string, PdfObject>): string {
  const content = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream?.toString('latin1') ?? ''
  const resources = /\/Resources (\d+) 0 R/.exec(head)?.[1]
  const named = resources ? (objects.get(resources)?.head ?? '') : head
  const fonts = new Map(
    [...named.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, unicodeOf(id, objects)]),
  )
  let letters = new Map<number, string>()
  let text = ''
  // A font is chosen, strings are shown, a line or another place begins.
  for (const [token, font] of content.matchAll(shown)) {
    if (font) letters = fonts.get(font) ?? new Map()
    else if (token.startsWith('T')) text += '\n'
    else
      text += codesOf(token)
        .map((code) => letters.get(code) ?? '')
        .join('')
  }
  return text
}

/** `/f0 11 Tf`, a string in hex or in brackets (which may hold brackets in pairs), a move. */
const shown = /\/(\w+) [\d.]+ Tf|<[0-9A-Fa-f]*>|\((?:\\[^]|[^\\()]|\((?:\\[^]|[^\\()])*\))*\)|\bT[mdD*]\b/g

/** Two bytes a glyph, written in hex or as a string with escapes. */
function codesOf(token: string): number[] {
  const bytes = token.startsWith('<') ? Buffer.from(token.slice(1, -1), 'hex') : unescaped(token.slice(1, -1))
  return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16BE(2 * index))
}

function unescaped(text: string): Buffer {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  const plain = text.replaceAll(/\\([0-7]{1,3}|[^])/g, (_, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(Number.parseInt(what, 8)) : (named[what] ?? what),
  )
  return Buffer.from(plain, 'latin1')
}

function unicodeOf(font: string, objects: Map<string, PdfObject>): Map<number, string> {
  const table = objects.get(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1] ?? '')?.stream
  const pairs = (table?.toString('latin1') ?? '').matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)
  return new Map(
    [...pairs].map(([, code = '', letters = '']) => [
      Number.parseInt(code, 16),
      Buffer.from(letters, 'hex').swap16().toString('utf16le'),
    ]),
  )
}
