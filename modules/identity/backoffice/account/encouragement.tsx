import { ShieldCheck } from 'lucide-react'
import type { Account } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { passkeysWork } from '#platform/ui/passkeys.ts'
import type { Means } from './adding.tsx'
import { factorsOf } from './held.ts'

/** One lost telephone away from recovery codes alone, or from two administrators and a day: says so, with the way out beside it. */
export function Encouragement({ account, onAdd }: { account: Account; onAdd: (means: Means) => void }) {
  const t = useMessages()
  const alone = factorsOf(account) === 1
  const codes = account.recoveryCodes?.left ?? 0
  const noCodes = codes === 0
  if (!alone && !noCodes) return null
  const another: Means = account.authenticator && passkeysWork() ? 'passkey' : 'authenticator'
  const possible = alone && !(another === 'authenticator' && account.authenticator)
  return (
    <section
      aria-label={t('identity.account.encouragement')}
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card bg-info-soft px-4 py-3 text-13 text-info-ink"
    >
      <ShieldCheck aria-hidden size={16} className="shrink-0 max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">
          {t(alone ? 'identity.account.encouragement.alone' : 'identity.account.encouragement.no-codes')}
        </p>
        <p>
          {alone
            ? t('identity.account.encouragement.alone.help', { codes })
            : t('identity.account.encouragement.no-codes.help')}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {noCodes && (
          <Button size="small" onClick={() => onAdd('recovery_codes')}>
            {t('identity.account.recovery.make')}
          </Button>
        )}
        {possible && (
          <Button size="small" onClick={() => onAdd(another)}>
            {t(`identity.account.${another}.add`)}
          </Button>
        )}
      </div>
    </section>
  )
}
