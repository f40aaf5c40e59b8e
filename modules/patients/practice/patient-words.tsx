import { TriangleAlert } from 'lucide-react'
import { Badge } from '#platform/ui/badge.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

export type Named = { firstName: string; lastName: string }

export const spokenName = ({ firstName, lastName }: Named) => `${firstName} ${lastName}`
/** As it is sorted. */
export const listedName = ({ firstName, lastName }: Named) => `${lastName} ${firstName}`

export const linkClass =
  'rounded-small text-accent-ink underline decoration-line-strong underline-offset-3 hover:decoration-current'

/** What the practice's clock shows, `2026-11-23T09:00`: nothing is reckoned here. */
export function LocalTime({ value }: { value: string | null }) {
  const formats = useFormats()
  if (value === null) return <span className="text-ink-muted">{MISSING}</span>
  const [day = '', time = ''] = value.split('T')
  return (
    <time dateTime={value} className="whitespace-nowrap tabular-nums">
      {formats.day(day)} <span className="text-ink-muted">{time}</span>
    </time>
  )
}

export function AuthorityMissing() {
  const t = useMessages()
  return (
    <span className="inline-flex items-center gap-1 text-12 font-medium text-warning-ink">
      <TriangleAlert aria-hidden size={14} />
      {t('patients.authority-missing')}
    </span>
  )
}

export function StateBadge(patient: {
  archivedAt: string | null
  trashedAt: string | null
  erasedAt?: string | null
}) {
  const t = useMessages()
  if (patient.erasedAt) return <Badge tone="danger">{t('patients.state.erased')}</Badge>
  if (patient.trashedAt) return <Badge tone="danger">{t('patients.state.trash')}</Badge>
  if (patient.archivedAt) return <Badge>{t('patients.state.archived')}</Badge>
  return null
}
