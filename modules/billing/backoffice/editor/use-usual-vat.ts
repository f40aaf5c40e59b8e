import { getBillingSettings, usualExemption } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { keyOfVat, usualVat } from './vat-choices.ts'

/** What a first line bears, as the company's VAT settings of today say; undefined until that is known. */
export function useUsualVat(): string | undefined {
  const { data, error } = useEndpoint(getBillingSettings, { query: {} })
  if (error) return usualVat
  if (!data) return undefined
  const now = data.versions.find((version) => version.kind === 'vat' && version.standing === 'now')
  if (now?.kind !== 'vat') return usualVat
  const { regime, defaultBasisPoints } = now.content
  const vatCategory = regime === 'normal' ? 'S' : 'E'
  return keyOfVat({
    vatCategory,
    vatBasisPoints: defaultBasisPoints,
    vatExemption: usualExemption(vatCategory, regime),
  })
}
