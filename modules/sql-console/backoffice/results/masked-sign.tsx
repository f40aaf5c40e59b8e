import { EyeOff } from 'lucide-react'
import type { ColumnClass } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'

/** Beside what is not shown: that it is not, and what it holds. */
export function MaskedSign({ of }: { of: ColumnClass }) {
  const t = useMessages()
  const words = t('sql.masked', { class: t(`sql.class.${of}`) })
  return (
    <Tooltip text={words}>
      <span className="shrink-0 text-warning-ink">
        <EyeOff aria-hidden size={12} />
        <span className="sr-only">{words}</span>
      </span>
    </Tooltip>
  )
}
