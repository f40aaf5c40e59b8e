import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export function LastUsed({ at }: { at: string | null }) {
  const t = useMessages()
  if (!at) return t('identity.account.never-used')
  return t.rich('identity.account.last-used', { when: <DateText key="when" value={at} show="relative" /> })
}
