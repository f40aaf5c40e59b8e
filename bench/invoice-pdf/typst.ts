import { sealedPdf, unpacked } from '../../modules/billing/server/pdf/sealing.ts'
import { carryOut } from './task.ts'

await carryOut(({ content, xml, certificate, key }) => {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  const seal = unpacked({ certificates: [bytes(certificate)], key: bytes(key), signer: 'Bench' })
  const sha256 = 'ab12'.repeat(16)
  const finalisedAt = new Date('2026-11-22T21:00:00Z')
  return (number) => sealedPdf({ content: { ...content, number }, xml, sha256, finalisedAt }, seal)
})
