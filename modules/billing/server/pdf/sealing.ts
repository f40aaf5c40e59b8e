import { createPrivateKey } from 'node:crypto'
import type { InvoiceContent } from '#contract/billing'
import { hybridPdf } from './drawing.ts'
import { asFacturX } from './factur-x.ts'
import type { Seal } from './seal.ts'
import { roomFor, signed } from './signing.ts'

/** What a sealed PDF is made of, besides the seal: nothing else goes into its bytes. */
export type Sealable = {
  content: InvoiceContent
  xml: string
  /** Hex: the document's link of the chain. */
  sha256: string
  finalisedAt: Date
}

/** Factur-X, sealed: the same bytes whenever it is made again with the same certificate. @throws Unprintable */
export async function sealedPdf(
  { content, xml, sha256, finalisedAt }: Sealable,
  seal: Pick<Seal, 'certificates' | 'key' | 'signer'>,
): Promise<Buffer> {
  const open = await asFacturX(hybridPdf(content, xml, sha256), {
    mark: sha256,
    signedAt: finalisedAt,
    signer: seal.signer,
    room: roomFor(seal),
  })
  return signed(open, seal)
}

/** A seal as it crosses to another thread. */
export type CarriedSeal = { certificates: Uint8Array[]; key: Uint8Array; signer: string }

export const carried = ({ certificates, key, signer }: Seal): CarriedSeal => ({
  certificates: [...certificates],
  key: key.export({ format: 'der', type: 'pkcs8' }),
  signer,
})

export const unpacked = ({
  certificates,
  key,
  signer,
}: CarriedSeal): Pick<Seal, 'certificates' | 'key' | 'signer'> => ({
  certificates: certificates.map((one) => Buffer.from(one)),
  key: createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }),
  signer,
})
