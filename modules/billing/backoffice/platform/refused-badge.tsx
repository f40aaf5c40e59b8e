import { getInvoicePlatform } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { endedBadly, statusWord } from './platform-words.tsx'

/** Beside whether it is paid: what was refused or rejected is no good invoice, paid or not. */
export function RefusedBadge({ id }: { id: string }) {
  const t = useMessages()
  const { data } = useEndpoint(getInvoicePlatform, { params: { id } })
  const last = data?.statuses.at(-1)?.code
  return endedBadly(last) && <Badge tone="danger">{statusWord(last, t)}</Badge>
}
