import { listBankTransactions } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { chipClass } from '../state-filter.tsx'
import { bankTo, directDebitsTo, paymentsTo } from './addresses.ts'

const places = { payments: paymentsTo, bank: bankTo, debits: directDebitsTo } as const
export type Place = keyof typeof places

/** How money comes in, three pages of one subject. */
export function PaymentTabs({ at }: { at: Place }) {
  const t = useMessages()
  const may = useMay()
  const shown = (Object.keys(places) as Place[]) // its own keys
    .filter((place) => place !== 'bank' || may('payments.write'))
  return (
    <nav aria-label={t('billing.paying')} className="flex flex-wrap gap-1">
      {shown.map((place) => (
        <Link
          key={place}
          to={places[place]}
          aria-current={place === at ? 'page' : undefined}
          className={`${chipClass(place === at)} inline-flex items-center`}
        >
          {t(`billing.paying.${place}`)}
          {place === 'bank' && <Waiting />}
        </Link>
      ))}
    </nav>
  )
}

/** How many lines of the statements wait for somebody. */
function Waiting() {
  const formats = useFormats()
  const { data } = useEndpoint(listBankTransactions, { query: { limit: 1 } })
  const count = data?.counts.to_match ?? 0
  return count > 0 && <span className="ml-1.5 tabular-nums">{formats.integer(count)}</span>
}
