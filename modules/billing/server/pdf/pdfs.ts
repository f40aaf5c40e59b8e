import type { InvoiceContent } from '#contract/billing'
import type { Printed, Stamp } from './drawing.ts'
import type { Sealable } from './sealing.ts'
import type { Settled } from './settled.ts'

/** Makes, seals and keeps the PDFs of documents. */
export type Pdfs = {
  /**
   * Asked before a document is sealed for the first time. A certificate that ran out is looked for again where it lies: one that
   * was put in its place is taken up.
   * @returns until when it holds
   * @throws SealUnusable
   */
  mustSeal(now: Date): Promise<Date>
  /**
   * Factur-X, sealed: the same bytes whenever it is made again with the same certificate.
   * @throws SealUnusable where there is none; not where it ran out, since what it sealed while it held is made again
   */
  sealed(document: Sealable): Promise<{ bytes: Buffer; certificateSha256: Buffer }>
  /**
   * Without XML and seal: drafts, copies, and quotes (`null`).
   * @param settled what an invoice was paid by, on its copy
   * @throws Unprintable what no font can write
   */
  plain(content: Printed, stamp: Stamp | null, settled?: Settled): Promise<Buffer>
  /** The same pages as a picture. @throws Unprintable */
  picture(content: Printed, stamp: Stamp | null, settled?: Settled): Promise<Buffer>
  /** Asked before a document is numbered. @throws Unprintable */
  mustPrint(content: InvoiceContent): void
  /** Puts a sealed file down, whole or not at all, by the invoice's id. */
  keep(invoiceId: string, bytes: Buffer): Promise<void>
  kept(invoiceId: string): Promise<Buffer | undefined>
  close(): Promise<void>
}
