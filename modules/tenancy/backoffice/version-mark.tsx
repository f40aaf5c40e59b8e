import { Badge } from '#platform/ui/badge.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

type VersionMarkProps = { version: number | null; current: number | undefined }

/** The version of a database's schema; one that is not the newest is marked, and says which is. */
export function VersionMark({ version, current }: VersionMarkProps) {
  const t = useMessages()
  const formats = useFormats()
  if (version === null) return <span className="text-ink-muted">{MISSING}</span>
  const shown = t('tenancy.version.of', { version: formats.integer(version) })
  if (current === undefined || version === current) return <span className="tabular-nums">{shown}</span>
  return (
    <span title={t('tenancy.version.behind', { current: formats.integer(current) })}>
      <Badge tone="warning">{shown}</Badge>
    </span>
  )
}
