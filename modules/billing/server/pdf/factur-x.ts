/**
 * What Typst cannot write into a Factur-X: the block of metadata that names the XML (Factur-X 1.0, 6.3), the mark by which a file
 * says which document it is, and an empty place for the seal.
 */
import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFString } from 'pdf-lib'

const fx = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#'
const properties = {
  DocumentFileName: 'The name of the embedded XML document',
  DocumentType: 'The type of the hybrid document',
  Version: 'The version of the standard that the XML follows',
  ConformanceLevel: 'The profile of the XML',
}
const values: Record<keyof typeof properties, string> = {
  DocumentFileName: 'factur-x.xml',
  DocumentType: 'INVOICE',
  Version: '1.0',
  ConformanceLevel: 'EN 16931',
}

/** The schema of our metadata, for the one bag of them: a second bag would be no PDF/A (ISO 19005-3, 6.6.2.3). */
const schema =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>' +
  `<pdfaSchema:namespaceURI>${fx}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>` +
  '<pdfaSchema:property><rdf:Seq>' +
  Object.entries(properties)
    .map(
      ([name, description]) =>
        `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>` +
        '<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>' +
        `<pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`,
    )
    .join('') +
  '</rdf:Seq></pdfaSchema:property></rdf:li>'
const told =
  `<rdf:Description rdf:about="" xmlns:fx="${fx}">` +
  Object.entries(values)
    .map(([name, value]) => `<fx:${name}>${value}</fx:${name}>`)
    .join('') +
  '</rdf:Description>'

export type Sealing = {
  /** Hex: the document's link of the chain. */
  mark: string
  signedAt: Date
  /** Who seals, as the certificate says. */
  signer: string
  /** How many bytes the seal may take. */
  room: number
}

/** @param pdf as Typst writes it: PDF/A-3b, metadata in the clear. @returns a PDF whose seal is empty (see signing.ts) */
export async function asFacturX(pdf: Uint8Array, { mark, ...sealing }: Sealing): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  const { catalog, context } = document
  const metadata = catalog.get(PDFName.of('Metadata'))
  const stream = context.lookup(metadata)
  if (!(metadata instanceof PDFRef && stream instanceof PDFRawStream))
    throw new Error('a PDF has no metadata')
  const xmp = withFacts(Buffer.from(stream.contents).toString('utf8'), mark)
  context.assign(metadata, context.stream(Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' }))
  placeForSeal(document, sealing)
  return Buffer.from(
    await document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }),
  )
}

function withFacts(xmp: string, mark: string): string {
  const inserted = [
    ['</rdf:Bag></pdfaExtension:schemas>', schema],
    ['<dc:format>', `<dc:identifier>urn:sha256:${mark}</dc:identifier>`],
    ['</rdf:RDF>', told],
  ] as const
  return inserted.reduce((text, [before, what]) => {
    const parts = text.split(before)
    if (parts.length !== 2) throw new Error(`the metadata of a PDF has ${parts.length - 1} times ${before}`)
    return parts.join(what + before)
  }, xmp)
}

/** A field nobody sees, on the first page, whose value is a signature of fixed length (ISO 32000-1, 12.8.1). */
function placeForSeal(document: PDFDocument, { signedAt, signer, room }: Omit<Sealing, 'mark'>): void {
  const { catalog, context } = document
  const page = document.getPage(0)
  const range = PDFArray.withContext(context)
  range.push(context.obj(0))
  for (let index = 0; index < 3; index++) range.push(PDFName.of(blank))
  const value = context.obj({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    // The time of a PAdES seal stands here and not among its signed attributes (EN 319 142-1, 6.3).
    M: PDFString.fromDate(signedAt),
    Name: PDFHexString.fromText(signer),
    ByteRange: range,
    Contents: PDFHexString.of('0'.repeat(2 * room)),
  })
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of('Cachet'),
      V: context.register(value),
      P: page.ref,
      Rect: [0, 0, 0, 0],
      // Printed, locked.
      F: 132,
    }),
  )
  // By hand: pdf-lib would wrap what the page draws.
  const drawn = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray)?.asArray() ?? []
  page.node.set(PDFName.of('Annots'), context.obj([...drawn, field]))
  catalog.set(PDFName.of('AcroForm'), context.register(context.obj({ Fields: [field], SigFlags: 3 })))
}

/** As long as any offset may become. */
export const blank = '**********'
