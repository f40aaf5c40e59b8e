import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { rootDir } from '#platform/server/config.ts'
import { carryOut, type Task } from './task.ts'

const font = (weight: string) =>
  readFileSync(path.join(rootDir, `node_modules/@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`))
const fonts = { regular: font('400Regular'), bold: font('600SemiBold') }
const euros = (cents: number) => `${(cents / 100).toFixed(2).replace('.', ',')} €`

await carryOut((task) => (number) => drawn(task, number))

function drawn({ content, xml }: Task, number: string): Promise<Buffer> {
  const { seller, buyer, totals, payment } = content
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 50,
    subset: 'PDF/A-3b',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr',
    // Its types do not name what it takes: a font's bytes.
    font: fonts.regular as unknown as string,
    info: { Title: `Facture ${number}`, CreationDate: new Date('2026-11-22') },
  })
  const done = buffer(pdf)
  pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold)
  pdf.file(Buffer.from(xml), { name: 'factur-x.xml', type: 'text/xml' })
  const at = (x: number, y: number, text: string, face = 'regular', size = 9.5, align?: 'right') =>
    pdf
      .font(face)
      .fontSize(size)
      .text(text, x, y, align ? { align, width: 545 - x } : {})
  at(50, 50, seller.name, 'bold', 13)
  at(50, 70, seller.address.lines.join('\n'))
  at(300, 50, 'Facture', 'bold', 22, 'right')
  at(300, 80, number, 'bold', 11, 'right')
  at(320, 130, 'Facturé à', 'regular', 8)
  at(320, 144, buyer.name, 'bold', 11)
  at(320, 160, buyer.address.lines.join('\n'))
  at(50, 220, `Émission ${content.issuedOn}`)
  at(250, 220, `Échéance ${content.dueOn}`)
  pdf.moveTo(50, 260).lineTo(545, 260).stroke()
  content.lines.forEach((line, index) => {
    const y = 270 + index * 18
    at(50, y, line.description)
    at(300, y, `${line.quantity} × ${euros(line.unitPriceCents)}`)
    at(430, y, euros(line.exclCents), 'regular', 9.5, 'right')
  })
  const sums = [
    ['Total HT', totals.exclCents],
    ['TVA', totals.vatCents],
    ['Total TTC', totals.inclCents],
    ['Net à payer', totals.dueCents],
  ] as const
  sums.forEach(([name, cents], index) => {
    at(350, 320 + index * 16, name)
    at(430, 320 + index * 16, euros(cents), 'bold', 9.5, 'right')
  })
  at(50, 420, `IBAN ${payment.iban}   BIC ${payment.bic}   ${payment.reference}`)
  content.mentions.forEach(({ text }, index) => at(50, 450 + index * 14, text, 'regular', 7.5))
  pdf.end()
  return done
}
