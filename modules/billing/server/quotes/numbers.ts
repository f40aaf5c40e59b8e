import type { SettingsInForce } from '../settings/in-force.ts'

const usual = { quotePrefix: 'DE', digits: 6 }

export function numberOf(
  numbering: SettingsInForce['numbering'],
  { year, lastNumber }: { year: number; lastNumber: number },
): string {
  const { quotePrefix, digits } = numbering ?? usual
  return `${quotePrefix}-${year}-${String(lastNumber).padStart(digits, '0')}`
}
