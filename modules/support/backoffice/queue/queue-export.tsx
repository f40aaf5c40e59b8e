import { Download } from 'lucide-react'
import { exportTickets } from '#contract/support'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { QueueFilters } from './queue-filters.ts'

/** Exactly the tickets in the list, also those further down, as a file. */
export function QueueExport({ filters }: { filters: QueueFilters }) {
  const t = useMessages()
  const may = useMay()
  // Who asked is taken out of the house with it: the right to export clients, as the server has it.
  if (!may('clients.export')) return null
  return (
    <a
      href={hrefOf(exportTickets, { query: filters })}
      download
      title={t('support.queue.export.csv')}
      className={buttonClass({})}
    >
      <Download aria-hidden size={16} />
      {t('support.queue.export')}
    </a>
  )
}
