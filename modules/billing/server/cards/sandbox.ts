/** A provider that lives on the developer's machine: its page is one of ours, its calls are signed like anybody's. */
import type { AppEnv } from '#platform/server/config.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { CardProvider } from './provider.ts'

export function sandboxOf({
  vault,
  environment,
  backofficeUrl,
}: {
  vault: Pick<Vault, 'mac'>
  environment: AppEnv
  backofficeUrl: URL
}): CardProvider | null {
  // Nobody pays real invoices by pretending.
  if (environment === 'production') return null
  return {
    name: 'sandbox',
    secret: vault.mac(Buffer.from('card sandbox'), 'webhook secret'),
    open: ({ id }) => Promise.resolve({ providerId: `sandbox_${id}` }),
    urlOf: ({ id }) => new URL(`/card-sandbox/${id}`, backofficeUrl).href,
  }
}
