/** What is sold: its name, its quantity, its unit. */
import { type ContentLine, type InvoiceContent, lineUnits } from '#contract/billing'
import { error, type Findings, mentionsOfInvoices, warning } from './finding.ts'

export function* lineFindings({ lines }: InvoiceContent): Findings {
  if (lines.length === 0) yield error('no_lines', 'lines', `${mentionsOfInvoices('8°')} · BR-16`)
  for (const [index, line] of lines.entries()) yield* oneLine(line, `lines.${index}`)
}

const units: readonly string[] = lineUnits

function* oneLine(line: ContentLine, field: string): Findings {
  const values = { line: line.position }
  // A line's name is its first line of text (BT-153).
  if (line.description.split('\n')[0]?.trim() === '' || line.description === '')
    yield error('line_unnamed', `${field}.description`, `${mentionsOfInvoices('8°')} · BR-25`, values)
  if (!/^-?\d{1,9}(\.\d{1,3})?$/.test(line.quantity))
    yield error('line_quantity_wrong', `${field}.quantity`, `${mentionsOfInvoices('8°')} · BR-22`, values)
  else if (Number(line.quantity) === 0)
    yield warning('line_quantity_zero', `${field}.quantity`, mentionsOfInvoices('8°'), values)
  if (!units.includes(line.unit))
    yield error('line_unit_unknown', `${field}.unit`, 'UN/ECE Rec. 20 · BR-23', {
      ...values,
      unit: line.unit,
    })
  if (line.period !== null && line.period.until < line.period.from)
    yield error('line_period_turned', `${field}.period`, 'EN 16931 · BR-30', values)
  const grossCents = line.exclCents + line.discountCents
  if (line.discountCents !== 0 && Math.sign(line.exclCents) === -Math.sign(grossCents))
    yield error('line_discount_too_large', `${field}.discountCents`, mentionsOfInvoices('8°'), values)
}
