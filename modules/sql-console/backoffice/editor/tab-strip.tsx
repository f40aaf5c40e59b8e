import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { isUnsaved } from '../saved/kept-query.ts'
import { titleOf, type SqlTab } from './kept-tabs.ts'

type TabStripProps = {
  tabs: readonly SqlTab[]
  current: string
  isRunning: (id: string) => boolean
  onChoose: (id: string) => void
  onClose: (id: string) => void
  onNew: () => void
}

export function TabStrip({ tabs, current, isRunning, onChoose, onClose, onNew }: TabStripProps) {
  const t = useMessages()
  const named = tabs.map((tab, index) => ({
    id: tab.id,
    name: titleOf(tab) || t('sql.tab.blank', { n: index + 1 }),
    changed: Boolean(tab.saved) && isUnsaved(tab),
  }))
  // Of many tabs, the one that is open is in sight, whatever it is called by now.
  const open = useRef<HTMLDivElement>(null)
  const openName = named.find(({ id }) => id === current)?.name
  useEffect(() => {
    // Braces, since some browsers answer with a promise.
    void open.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current, openName, tabs.length])
  return (
    <nav
      aria-label={t('sql.tabs')}
      className="flex scroll-pr-12 items-stretch overflow-x-auto border-b border-line bg-sunken base-ui-disable-scrollbar"
    >
      {named.map(({ id, name, changed }) => (
        <div
          key={id}
          ref={id === current ? open : undefined}
          className={cx(
            'group flex max-w-56 shrink-0 items-center border-r border-line',
            id === current ? 'bg-surface' : 'hover:bg-hover',
          )}
        >
          <button
            type="button"
            aria-current={id === current ? 'true' : undefined}
            onClick={() => onChoose(id)}
            className={cx(
              'flex h-9 min-w-0 items-center gap-1.5 rounded-small pl-3 text-12 -outline-offset-2 touch:h-10',
              id === current ? 'font-medium text-ink' : 'text-ink-muted',
              tabs.length === 1 && 'pr-3',
            )}
          >
            {isRunning(id) && <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />}
            <span className="truncate">{name}</span>
            {changed && (
              <span className="shrink-0 text-warning-ink" title={t('sql.saved.unsaved')}>
                <span aria-hidden>•</span>
                <span className="sr-only">{t('sql.saved.unsaved')}</span>
              </span>
            )}
          </button>
          {tabs.length > 1 && (
            <button
              type="button"
              aria-label={t('sql.tab.close', { name })}
              onClick={() => onClose(id)}
              className="mx-1 flex size-6 shrink-0 items-center justify-center rounded-small text-ink-muted hover:bg-pressed touch:size-9"
            >
              <X aria-hidden size={12} />
            </button>
          )}
        </div>
      ))}
      <div className="sticky right-0 flex items-center bg-sunken px-1">
        <IconButton icon={Plus} size="small" label={t('sql.tab.new')} onClick={onNew} />
      </div>
    </nav>
  )
}
