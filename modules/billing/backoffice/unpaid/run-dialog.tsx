import { Send } from 'lucide-react'
import { listUnpaid, startDunning } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { usePages, useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { notify } from '#platform/ui/toast.tsx'

type RunDialogProps = {
  /** Null: all that are ready. */
  ids: readonly string[] | null
  ready: { count: number; cents: number }
  onClose: () => void
  onStarted: () => void
}

/** Who would be written to, before anybody is: the letters themselves can be read one by one in the list. */
export function RunDialog({ ids, ready, onClose, onStarted }: RunDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const list = usePages(listUnpaid, { query: { letter: 'ready', limit: 200 } })
  const chosen = list.rows?.filter(({ id }) => ids === null || ids.includes(id)) ?? []
  const start = useEndpoint(startDunning, {
    onSuccess: () => {
      notify.done({ title: t('billing.unpaid.started') })
      onStarted()
    },
  })
  const count = ids === null ? ready.count : chosen.length
  const cents =
    ids === null ? ready.cents : chosen.reduce((sum, { outstandingCents }) => sum + outstandingCents, 0)
  return (
    <ActDialog
      wide
      title={t('billing.unpaid.run', { count, shown: formats.integer(count) })}
      description={t('billing.unpaid.run.help', { amount: formats.money(cents) })}
      action={t('billing.unpaid.run.send')}
      icon={Send}
      disabled={count === 0}
      running={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate({ body: { ids: ids === null ? null : chosen.map(({ id }) => id) } })}
      onClose={onClose}
    >
      {ids !== null && chosen.length < ids.length && (
        <p className="text-13 text-ink-muted">
          {t('billing.unpaid.run.some', { count: ids.length - chosen.length })}
        </p>
      )}
      <ul className="max-h-80 overflow-y-auto rounded-control border border-line text-13">
        {chosen.map((row) => (
          <li
            key={row.id}
            className="flex items-center gap-3 border-t border-line px-3 py-1.5 first:border-t-0"
          >
            <span className="min-w-0 flex-1 truncate">
              {row.client.firstName} {row.client.lastName}
              <span className="text-ink-muted tabular-nums"> · {row.number}</span>
            </span>
            <span className="shrink-0 text-12 text-ink-muted max-sm:hidden">
              {t('billing.settings.dunning.step', { step: row.next?.step ?? 1 })}
            </span>
            <Money cents={row.outstandingCents} />
          </li>
        ))}
      </ul>
    </ActDialog>
  )
}
