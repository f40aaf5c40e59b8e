/**
 * A mail taken to pieces (RFC 2045, 2046), within bounds: how many pieces, how deep, how much of each text. The splitter
 * is the one mailparser is made with; mailparser itself keeps whole texts and guesses no alphabet (decision 0029).
 */
import { Readable } from 'node:stream'
import mailsplit, { type MimeNode, type SplitterChunk } from '@zone-eu/mailsplit'
import libmime from 'libmime'
import { lettersOf, plain } from './charsets.ts'
import { headOf, words, type Head } from './headers.ts'

export type Part = {
  /** `text/plain`, in lower case. */
  type: string
  head: Head
  children: Part[]
  /** What it says it is called, if anything. */
  name: string
  isAttached: boolean
  /** Without angles. */
  contentId: string
  /** Its bytes on the wire, still as they were coded for it, as they lie in the mail. */
  pieces: Buffer[]
  codedBytes: number
  encoding: string
  charset: string
  flowed: { delSp: boolean } | null
  /** What says the same in plainer words, should this one say nothing. */
  instead: Part[]
}

export const bounds = { parts: 500, depth: 50, headBytes: 1_000_000, textBytes: 2_000_000 } as const

/** @throws what the splitter throws beyond the bounds; `head` is then what was read of it, for whoever asked for it */
export async function partsOf(raw: Buffer, seen: (head: Head) => void): Promise<Part> {
  const splitter = new mailsplit.Splitter({
    ignoreEmbedded: true,
    maxHeadSize: bounds.headBytes,
    maxChildNodes: bounds.parts,
  })
  const source = Readable.from(piecesOf(raw))
  source.pipe(splitter)
  const made = new Map<MimeNode, Part & { depth: number }>()
  let root: Part | undefined
  for await (const chunk of splitter as AsyncIterable<SplitterChunk>) {
    if (chunk.type === 'body') {
      const part = made.get(chunk.node)
      part?.pieces.push(chunk.value)
      if (part) part.codedBytes += chunk.value.length
    }
    if (chunk.type !== 'node') continue
    const parent = chunk.parentNode ? made.get(chunk.parentNode) : undefined
    const part = { ...partOf(chunk), depth: (parent?.depth ?? 0) + 1 }
    if (part.depth > bounds.depth) throw new Error('its parts lie too deep in each other')
    if (!root) seen((root = part).head)
    else parent?.children.push(part)
    made.set(chunk, part)
  }
  if (!root) throw new Error('no mail at all')
  return root
}

function* piecesOf(raw: Buffer): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += 65_536) yield raw.subarray(at, at + 65_536)
}

function partOf(node: MimeNode): Part {
  const head = headOf(node.headers === false ? [] : [...node.headers.getList()])
  const saidId = head.find(({ key }) => key === 'content-id')?.value ?? ''
  return {
    type: (node.contentType || 'text/plain').toLowerCase(),
    head,
    children: [],
    name: node.filename === false ? '' : words(node.filename, 300),
    isAttached: node.disposition !== false && node.disposition !== 'inline',
    contentId: saidId.replaceAll(/^<|>$/g, '').trim(),
    pieces: [],
    codedBytes: 0,
    encoding: node.encoding === false ? '' : node.encoding,
    charset: node.charset === false ? '' : node.charset,
    flowed: node.flowed ? { delSp: node.delSp } : null,
    instead: [],
  }
}

/** Of one that is longer, the first `most` bytes: no more of it is decoded. */
export function bytesOf({ pieces, codedBytes, encoding }: Part, most: number): Buffer {
  const isCoded = encoding === 'base64' || encoding === 'quoted-printable'
  // Line breaks and all, nobody needs more than four for one.
  const looked = Math.min(codedBytes, isCoded ? most * 4 : most)
  const coded = Buffer.concat(upTo(pieces, looked), looked)
  if (encoding === 'base64') return Buffer.from(coded.toString('latin1'), 'base64').subarray(0, most)
  return encoding === 'quoted-printable' ? unquoted(coded, most) : coded
}

function upTo(pieces: readonly Buffer[], most: number): Buffer[] {
  let left = most
  return pieces.flatMap((piece) => {
    const taken = piece.subarray(0, Math.max(0, left))
    left -= taken.length
    return taken.length === 0 ? [] : [taken]
  })
}

/** Quoted-printable (RFC 2045, section 6.7); what is not written as it asks stands as it is. */
function unquoted(coded: Buffer, most: number): Buffer {
  const out = Buffer.allocUnsafe(Math.min(coded.length, most))
  let length = 0
  for (let at = 0; at < coded.length && length < out.length;) {
    const byte = coded[at] ?? 0
    const next = byte === equals ? afterSoftBreak(coded, at + 1) : at
    if (next > at) {
      at = next
      continue
    }
    const value = byte === equals ? hexAt(coded, at + 1) : undefined
    out[length++] = value ?? byte
    at += value === undefined ? 1 : 3
  }
  // Bytes of its own: what was held ready for it need not stay.
  return length * 2 < out.length ? Buffer.from(out.subarray(0, length)) : out.subarray(0, length)
}

const [equals, tab, lineFeed, carriageReturn, space] = [0x3d, 0x09, 0x0a, 0x0d, 0x20]

/** Where what follows begins, if the line that ends here goes on; else nothing that is larger. */
function afterSoftBreak(coded: Buffer, from: number): number {
  let at = from
  while (at - from < 100 && (coded[at] === space || coded[at] === tab)) at++
  if (coded[at] === carriageReturn) at++
  return coded[at] === lineFeed ? at + 1 : 0
}

function hexAt(coded: Buffer, at: number): number | undefined {
  const [high, low] = [digitOf(coded[at]), digitOf(coded[at + 1])]
  return high === undefined || low === undefined ? undefined : high * 16 + low
}

function digitOf(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const small = byte | 0x20
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : undefined
}

/** What it says, with line breaks as \n; of one that says more than anybody reads, the beginning. */
export function textOf(part: Part, most: number = bounds.textBytes): string {
  const text = plain(lettersOf(bytesOf(part, most), part.charset))
  return part.flowed ? libmime.decodeFlowed(text, part.flowed.delSp) : text
}
