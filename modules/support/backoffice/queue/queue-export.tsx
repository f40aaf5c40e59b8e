import { Download } from 'lucide-react'
import { exportTickets } from '#contract/support'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import type { QueueFilters } from './queue-filters.ts'

/** Exactly the tickets in the list, also those further down, as a file. */
export function QueueExport({ filters }: { filters: QueueFilters }) {
  const t = useMessages()
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
