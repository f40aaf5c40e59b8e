import { builtInRoles } from '#contract/access'
import { listDemonstrationAccounts } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { useIsDemonstration } from '../factors/prompted-code.ts'

export type DemonstrationAccount = OutputOf<typeof listDemonstrationAccounts>['rows'][number]

type Demonstration = {
  /** False until it is known whether accounts are offered: the form waits so as not to move when they come. */
  settled: boolean
  offered: boolean
  /** Undefined while they are on their way. */
  accounts: readonly DemonstrationAccount[] | undefined
}

/** Only the demonstration environment offers any account. */
export function useDemonstrationAccounts(): Demonstration {
  const offered = useIsDemonstration()
  const accounts = useEndpoint(listDemonstrationAccounts, {}, { enabled: offered === true })
  return {
    settled: offered !== undefined,
    offered: offered === true && !accounts.isError && accounts.data?.rows.length !== 0,
    accounts: accounts.data?.rows,
  }
}

type DemonstrationAccountsProps = {
  accounts: readonly DemonstrationAccount[] | undefined
  chosen: string | null
  onChoose: (account: DemonstrationAccount) => void
}

/** One button a role: it fills in the form, one more click signs in. */
export function DemonstrationAccounts({ accounts, chosen, onChoose }: DemonstrationAccountsProps) {
  const t = useMessages()
  return (
    <section aria-labelledby="demonstration" className="min-w-0">
      <h2 id="demonstration" className="text-14 font-semibold">
        {t('identity.demonstration')}
      </h2>
      <p className="mt-1 text-13 text-ink-muted">{t('identity.demonstration.help')}</p>
      <ul className="mt-3 overflow-hidden rounded-card border border-line bg-surface">
        {!accounts &&
          builtInRoles.map((role) => (
            <li key={role} className="flex min-h-10 items-center border-t border-line px-3 first:border-t-0">
              <Skeleton width={160} />
            </li>
          ))}
        {accounts?.map((account) => (
          <li key={account.email} className="border-t border-line first:border-t-0">
            <button
              type="button"
              aria-pressed={account.email === chosen}
              onClick={() => onChoose(account)}
              className={cx(
                'flex min-h-10 w-full items-center gap-3 px-3 py-2 text-left text-13 transition-colors focus-visible:-outline-offset-2',
                account.email === chosen ? 'bg-accent-soft' : 'hover:bg-hover',
              )}
            >
              <span className="min-w-0 flex-1 truncate font-medium">
                {/* Each built-in role has its name in the messages of the module `access`. */}
                {t(`access.role.${account.role}` as MessageKey)}
              </span>
              <span className="shrink-0 text-ink-muted">{account.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
