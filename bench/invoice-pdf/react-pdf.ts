import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Document, Font, Page, renderToStream, Text, View } from '@react-pdf/renderer'
import { createElement as h } from 'react'
import { rootDir } from '#platform/server/config.ts'
import { carryOut, type Task } from './task.ts'

const font = (weight: string) =>
  path.join(rootDir, `node_modules/@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`)
Font.register({
  family: 'Inter',
  fonts: [
    { src: font('400Regular'), fontWeight: 400 },
    { src: font('600SemiBold'), fontWeight: 600 },
  ],
})
const euros = (cents: number) => `${(cents / 100).toFixed(2).replace('.', ',')} €`
const row = { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: 4 } as const
const bold = { fontWeight: 600 } as const

await carryOut((task) => async (number) => buffer(await renderToStream(drawn(task, number))))

function drawn({ content }: Task, number: string) {
  const { seller, buyer, totals, payment } = content
  const pair = (name: string, value: string) =>
    h(View, { style: row, key: name }, h(Text, null, name), h(Text, { style: bold }, value))
  return h(
    Document,
    { title: `Facture ${number}` },
    h(
      Page,
      { size: 'A4', style: { padding: 50, fontFamily: 'Inter', fontSize: 9.5 } },
      h(
        View,
        { style: row },
        h(
          View,
          null,
          h(Text, { style: { ...bold, fontSize: 13 } }, seller.name),
          h(Text, null, seller.address.lines.join('\n')),
        ),
        h(
          View,
          null,
          h(Text, { style: { ...bold, fontSize: 22 } }, 'Facture'),
          h(Text, { style: bold }, number),
        ),
      ),
      h(
        View,
        { style: { marginLeft: 270, marginVertical: 20 } },
        h(Text, { style: { fontSize: 8 } }, 'Facturé à'),
        h(Text, { style: bold }, buyer.name),
        h(Text, null, buyer.address.lines.join('\n')),
      ),
      pair('Émission', content.issuedOn),
      pair('Échéance', content.dueOn),
      ...content.lines.map((line) =>
        h(
          View,
          { style: { ...row, borderTop: '1px solid #d9d6cf' }, key: line.position },
          h(Text, { style: { flex: 1 } }, line.description),
          h(Text, { style: { width: 110 } }, `${line.quantity} × ${euros(line.unitPriceCents)}`),
          h(Text, null, euros(line.exclCents)),
        ),
      ),
      pair('Total HT', euros(totals.exclCents)),
      pair('TVA', euros(totals.vatCents)),
      pair('Total TTC', euros(totals.inclCents)),
      pair('Net à payer', euros(totals.dueCents)),
      h(Text, null, `IBAN ${payment.iban}   BIC ${payment.bic}   ${payment.reference}`),
      ...content.mentions.map(({ code, text }) =>
        h(Text, { style: { fontSize: 7.5, marginTop: 6 }, key: code }, text),
      ),
    ),
  )
}
