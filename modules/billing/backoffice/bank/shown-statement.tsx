import { X } from 'lucide-react'
import { listBankImports } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { endings } from './endings.ts'

/** The statement whose lines alone are shown: of which account, when, by whom, and what of it was left out. */
export function ShownStatement({ id, onAll }: { id: string; onAll: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(listBankImports)
  const one = data?.rows.find((row) => row.id === id)
  if (!one) return null
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      <p className="min-w-0 break-words">
        <span className="font-medium">
          {t('billing.bank.statement', { name: one.name, accounts: endings(one.accountEndings) || 'none' })}
        </span>{' '}
        <span className="text-ink-muted">
          {[
            t('billing.bank.statement.lines', { count: one.transactions }),
            ...(one.known > 0 ? [t('billing.bank.statement.known', { count: one.known })] : []),
            ...(one.leftOut > 0 ? [t('billing.bank.statement.left-out', { count: one.leftOut })] : []),
            formats.dayTime(one.importedAt),
            ...(one.importedBy === null ? [] : [one.importedBy]),
          ].join(' · ')}
        </span>
      </p>
      <Button size="small" icon={X} onClick={onAll}>
        {t('billing.bank.statement.all')}
      </Button>
    </div>
  )
}
