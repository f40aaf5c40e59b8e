import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useMessages } from './messages.tsx'

type BulkBarProps = { count: number; onClear: () => void; children: ReactNode }

/** What one can do with all that is selected, kept in sight at the bottom of the screen. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useMessages()
  return (
    <section
      aria-label={t('ui.table.selection')}
      className="sticky bottom-4 z-10 mx-auto mt-4 lg:ml-0 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border border-line bg-raised p-2 pl-4 text-13 shadow-float max-sm:bottom-18"
    >
      <output className="mr-2 font-medium tabular-nums">{t('ui.table.selected', { count })}</output>
      {children}
      <Button variant="ghost" onClick={onClear}>
        {t('ui.table.deselect')}
      </Button>
    </section>
  )
}
