/** What a PDF/A-3 that is a Factur-X is made of, read by another hand than the one that wrote it. */
import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  type PDFObject,
} from 'pdf-lib'
import { fromBER } from 'asn1js'
import { ContentInfo, SignedData } from 'pkijs'

const name = (text: string) => PDFName.of(text)

export async function structureOf(pdf: Buffer) {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  const { catalog, context } = document
  const objects = context.enumerateIndirectObjects().map(([, object]) => object)
  const dicts = objects.map((one) => (one instanceof PDFRawStream ? one.dict : one))
  const ofType = (type: string) =>
    dicts.filter((one): one is PDFDict => one instanceof PDFDict && one.get(name('Type')) === name(type))
  const xmp = Buffer.from(streamOf(catalog, 'Metadata').contents).toString('utf8')
  const associated = catalog.lookup(name('AF'), PDFArray)
  const files = ofType('Filespec')
  const intents = catalog.lookup(name('OutputIntents'), PDFArray)
  const intent = intents.lookup(0, PDFDict)
  return {
    pages: document.getPageCount(),
    encrypted: pdf.includes('/Encrypt'),
    xmp,
    bags: xmp.split('<pdfaExtension:schemas>').length - 1,
    property: (of: string) => new RegExp(`<${of}>([^<]*)</${of}>`).exec(xmp)?.[1],
    tagged:
      String(catalog.lookup(name('MarkInfo'), PDFDict).get(name('Marked'))) === 'true' &&
      catalog.has(name('StructTreeRoot')),
    language: said(catalog.get(name('Lang'))),
    outputIntent: {
      kind: String(intent.get(name('S'))),
      profile: isIcc(streamOf(intent, 'DestOutputProfile')),
    },
    attachments: files.map((file) => {
      const stream = streamOf(file.lookup(name('EF'), PDFDict), 'F')
      return {
        name: said(file.get(name('UF'))),
        relationship: String(file.get(name('AFRelationship'))),
        mediaType: String(stream.dict.get(name('Subtype'))),
        isAssociated: associated.asArray().some((one) => context.lookup(one) === file),
        text: Buffer.from(decodePDFRawStream(stream).decode()).toString('utf8'),
      }
    }),
    associated: associated.size(),
    /** Each font that draws: whether its glyphs are inside. */
    fonts: ofType('FontDescriptor').map((one) =>
      ['FontFile', 'FontFile2', 'FontFile3'].some((file) => one.has(name(file))),
    ),
    signatures: ofType('Sig').length,
  }
}

/** @returns whether the one signature is its signer's, and about all bytes but itself */
export async function sealHolds(pdf: Buffer): Promise<boolean> {
  const raw = pdf.toString('latin1')
  const range = /\/ByteRange \[ 0 (\d+) (\d+) (\d+) \]/.exec(raw)?.slice(1).map(Number)
  const [until = 0, from = 0, length = 0] = range ?? []
  if (from + length !== pdf.length) return false
  const hex = raw.slice(until + 1, from - 1)
  const { result } = fromBER(new Uint8Array(Buffer.from(hex, 'hex')))
  const cms = new SignedData({ schema: new ContentInfo({ schema: result }).content })
  const signedBytes = Buffer.concat([pdf.subarray(0, until), pdf.subarray(from)])
  return cms
    .verify({ signer: 0, data: Uint8Array.from(signedBytes).buffer, checkChain: false })
    .catch(() => false)
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function streamOf(dict: PDFDict, entry: string): PDFRawStream {
  const stream = dict.lookup(name(entry))
  if (!(stream instanceof PDFRawStream)) throw new Error(`${entry} is no stream`)
  return stream
}

function isIcc(stream: PDFRawStream): boolean {
  const compressed = String(stream.dict.get(name('Filter'))) === '/FlateDecode'
  const bytes = compressed ? inflateSync(stream.contents) : Buffer.from(stream.contents)
  return bytes.toString('latin1', 36, 40) === 'acsp'
}

const said = (text: PDFObject | undefined) =>
  text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : undefined
