import { Trash2 } from 'lucide-react'
import type { Client } from '#contract/clients'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Says why nothing can be changed here. */
export function TrashBanner({ client }: { client: Client }) {
  const t = useMessages()
  return (
    <div className="mb-4 flex items-start gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
      <Trash2 aria-hidden size={16} className="mt-0.5 shrink-0" />
      <p className="min-w-0">
        <span className="font-medium">{t('clients.trash.banner')}</span>{' '}
        {t.rich(client.trashedBy ? 'clients.trash.banner.by' : 'clients.trash.banner.since', {
          name: client.trashedBy,
          date: <DateText key="date" value={client.trashedAt} show="dayTime" />,
        })}
      </p>
    </div>
  )
}
