import type { InvoiceContent } from '../../contract/content.ts'

/** What a sealed PDF is made of: nothing else goes into its bytes. */
export type Sealable = {
  content: InvoiceContent
  xml: string
  /** Hex: the document's link of the chain. */
  sha256: string
  finalisedAt: Date
}

/** What is printed over a page that is no original: a draft, a copy, a copy of what is paid. */
export type Stamp = 'draft' | 'copy' | 'paid'

export type Pdfs = {
  /** Factur-X, sealed: the same bytes whenever it is made again. */
  sealed(document: Sealable): Promise<{ bytes: Buffer; certificateSha256: Buffer }>
  /** Without XML and seal. @throws Unprintable what no font can write */
  stamped(content: InvoiceContent, stamp: Stamp): Promise<Buffer>
  /** @throws Unprintable: asked before a document is numbered */
  mustPrint(content: InvoiceContent): void
  /** Files that are whole or not there, by the invoice's id. */
  write(invoiceId: string, bytes: Buffer): Promise<void>
  read(invoiceId: string): Promise<Buffer | undefined>
  close(): Promise<void>
}
