/**
 * A PAdES baseline seal (EN 319 142-1, B-B): a detached CMS signature (RFC 5652) over all bytes of the PDF but its own. RSA with
 * PKCS #1 v1.5 padding and no time of its own: the same document gives the same bytes.
 */
import { createHash, createSign, type KeyObject } from 'node:crypto'
import {
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as SetOf,
  type BaseBlock,
} from 'asn1js'
import { blank } from './factur-x.ts'

export type Signer = {
  /** DER, the signer's first, then whoever vouches for it. */
  certificates: readonly Buffer[]
  key: KeyObject
}

const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
}

/** What a seal of this signer takes at most, in bytes. */
export function roomFor({ certificates }: Pick<Signer, 'certificates'>): number {
  return 2_048 + certificates.reduce((sum, one) => sum + one.length, 0)
}

/** Fills the empty place. @param pdf with one `Contents` of zeros and one unwritten `ByteRange` */
export function signed(pdf: Buffer, signer: Signer): Buffer {
  const bytes = Buffer.from(pdf)
  const range = `/ByteRange [ 0 /${blank} /${blank} /${blank} ]`
  const at = bytes.indexOf(range, 0, 'latin1')
  const contents = bytes.indexOf('/Contents <', at, 'latin1') + '/Contents '.length
  const after = bytes.indexOf('>', contents, 'latin1') + 1
  if (at < 0 || after - contents < 100) throw new Error('a PDF has no place for its seal')
  const filled = `/ByteRange [ 0 ${contents} ${after} ${bytes.length - after} ]`
  bytes.write(filled.padEnd(range.length), at, 'latin1')
  const digest = createHash('sha256')
    .update(bytes.subarray(0, contents))
    .update(bytes.subarray(after))
    .digest()
  const seal = sealOf(digest, signer).toString('hex')
  if (seal.length > after - contents - 2) throw new Error('a seal is longer than its place')
  bytes.write(seal, contents + 1, 'latin1')
  return bytes
}

function sealOf(messageDigest: Buffer, { certificates, key }: Signer): Buffer {
  const [own] = certificates
  if (!own) throw new Error('a seal needs a certificate')
  const attributes = [
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(messageDigest)),
    // ESSCertIDv2 with its default algorithm, SHA-256 (RFC 5035).
    attribute(oids.signingCertificateV2, seq(seq(seq(octets(sha256(own)))))),
  ]
    .map(derOf)
    .toSorted(Buffer.compare)
    .map(parsed)
  const signature = createSign('sha256')
    .update(derOf(new SetOf({ value: attributes })))
    .sign(key)
  const { issuer, serial } = issuerOf(own)
  return derOf(
    seq(
      oid(oids.signedData),
      tagged(
        0,
        seq(
          new Integer({ value: 1 }),
          new SetOf({ value: [algorithm(oids.sha256)] }),
          seq(oid(oids.data)),
          tagged(0, ...certificates.map(parsed)),
          new SetOf({
            value: [
              seq(
                new Integer({ value: 1 }),
                seq(issuer, serial),
                algorithm(oids.sha256),
                tagged(0, ...attributes),
                algorithm(oids.rsa),
                octets(signature),
              ),
            ],
          }),
        ),
      ),
    ),
  )
}

/** Who issued it, and its number: the first fields of what a certificate's issuer signs (RFC 5280, 4.1). */
function issuerOf(certificate: Buffer): { issuer: BaseBlock; serial: BaseBlock } {
  const [tbs] = childrenOf(parsed(certificate))
  const fields = tbs ? childrenOf(tbs) : []
  // A version stands first, under the tag 0, in all but certificates of the first kind.
  const from = fields[0]?.idBlock.tagClass === 3 ? 1 : 0
  const [serial, , issuer] = fields.slice(from)
  if (!serial || !issuer) throw new Error('a certificate names no issuer')
  return { issuer, serial }
}

function childrenOf(block: BaseBlock): BaseBlock[] {
  if (!(block instanceof Constructed)) throw new Error('a certificate has another shape')
  return block.valueBlock.value as BaseBlock[] // what a constructed block of ASN.1 holds
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const derOf = (block: BaseBlock) => Buffer.from(block.toBER())
function parsed(der: Buffer): BaseBlock {
  const { offset, result } = fromBER(new Uint8Array(der))
  if (offset === -1) throw new Error('what should be DER is none')
  return result
}
const oid = (value: string) => new ObjectIdentifier({ value })
const octets = (value: Buffer) => new OctetString({ valueHex: new Uint8Array(value) })
const seq = (...value: BaseBlock[]) => new Sequence({ value })
const tagged = (tagNumber: number, ...value: BaseBlock[]) =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber }, value })
const attribute = (type: string, value: BaseBlock) => seq(oid(type), new SetOf({ value: [value] }))
const algorithm = (which: string) => seq(oid(which), new Null())
