import { Eye } from 'lucide-react'
import type { Unmasked } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'

/** Beside what is shown for a while: that it is masked otherwise. */
export function UnmaskedSign({ of }: { of: Unmasked }) {
  const t = useMessages()
  const words = t('sql.unmasked', { class: t(`sql.class.${of}`) })
  return (
    <Tooltip text={words}>
      <span className="shrink-0 text-warning-ink">
        <Eye aria-hidden size={12} />
        <span className="sr-only">{words}</span>
      </span>
    </Tooltip>
  )
}
