import { Menu as MenuIcon, Search } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'

const navigationSheet = part(() => import('./navigation-sheet.tsx').then((m) => m.NavigationSheet))

const item =
  'flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 font-medium text-ink-muted'

/** On a narrow screen, navigation and search are where the thumb is. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <div className="fixed inset-x-0 bottom-0 z-10 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={item}
        onClick={() => setOpen(true)}
      >
        <MenuIcon aria-hidden size={18} />
        {t('shell.menu')}
      </button>
      <button type="button" aria-haspopup="dialog" className={item} onClick={onSearch}>
        <Search aria-hidden size={18} />
        {t('ui.search')}
      </button>
      <Wanted part={navigationSheet} when={open} give={{ onClose: close }} onFailed={close} />
    </div>
  )
}
