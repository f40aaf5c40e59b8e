import { webcrypto, type KeyObject } from 'node:crypto'
import { BitString, Integer, Utf8String } from 'asn1js'
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CryptoEngine,
  Extension,
  Time,
  type ICryptoEngine,
} from 'pkijs'
import { newToken } from '#platform/server/random.ts'

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const oids = { commonName: '2.5.4.3', basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15' }

/** A certificate that vouches for itself, of before every document and for as long as one is kept. @returns DER */
export async function selfMade(privateKey: KeyObject, publicKey: KeyObject): Promise<Buffer> {
  const engine = cryptoEngine()
  const certificate = new Certificate({ version: 2 })
  certificate.serialNumber = new Integer({ valueHex: serial() })
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new AttributeTypeAndValue({
        type: oids.commonName,
        value: new Utf8String({ value: 'MaGestionPsy (cachet de cette installation)' }),
      }),
    )
  certificate.notBefore = new Time({ value: new Date('2015-01-01T00:00:00Z') })
  certificate.notAfter = new Time({ value: new Date('2049-12-31T00:00:00Z') })
  certificate.extensions = [
    extension(oids.basicConstraints, new BasicConstraints({ cA: false }).toSchema().toBER()),
    // digitalSignature and nonRepudiation (RFC 5280, 4.2.1.3).
    extension(oids.keyUsage, new BitString({ valueHex: new Uint8Array([0xc0]), unusedBits: 6 }).toBER()),
  ]
  await certificate.subjectPublicKeyInfo.importKey(publicKey.toCryptoKey(algorithm, true, ['verify']), engine)
  await certificate.sign(privateKey.toCryptoKey(algorithm, true, ['sign']), 'SHA-256', engine)
  return Buffer.from(certificate.toSchema(true).toBER())
}

const extension = (extnID: string, extnValue: ArrayBuffer) =>
  new Extension({ extnID, critical: true, extnValue })

/** Above zero, as the standard asks: its first bit is none. */
function serial(): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(newToken(), 'base64url').subarray(0, 16))
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes
}

function cryptoEngine(): ICryptoEngine {
  // The types of Node's own and of the browser's differ in name alone, and pkijs wraps no newer method than it calls.
  const crypto = webcrypto as unknown as Crypto
  return new CryptoEngine({ name: 'node', crypto, subtle: crypto.subtle }) as unknown as ICryptoEngine
}
