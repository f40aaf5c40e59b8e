import { useLocation } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'
import type { MenuEntry } from '#platform/ui/manifest.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { menu, menus } from '../manifests.ts'

const moreSheet = part(() => import('./more-sheet.tsx').then((m) => m.MoreSheet))

/** What stands under the thumb; the rest is one tap further. */
const underTheThumb = 4

/** Only what is permitted, in the order of the day. */
function usePermittedMenu(): readonly MenuEntry[] {
  const may = useMay()
  return menu.filter(({ needs }) => may(needs))
}

function useIsHere(): (to: string) => boolean {
  const path = useLocation({ select: (location) => location.pathname })
  return (to) => (to === '/' ? path === to : path === to || path.startsWith(`${to}/`))
}

/** Beside the page, where there is room. */
export function SideNavigation() {
  const t = useMessages()
  return (
    <nav
      aria-label={t('practice.navigation')}
      className="sticky top-(--shell-top) w-52 shrink-0 self-start py-5 pl-gutter"
    >
      <NavigationGroups />
    </nav>
  )
}

/** The day's pages, and under a line those of the practice itself. */
export function NavigationGroups({ onGo }: { onGo?: () => void }) {
  const may = useMay()
  return menus
    .map((entries) => entries.filter(({ needs }) => may(needs)))
    .filter((entries) => entries.length > 0)
    .map((entries, place) => (
      <div key={entries[0]?.to} className={cx(place > 0 && 'mt-3 border-t border-line pt-3')}>
        <NavigationList entries={entries} {...(onGo && { onGo })} />
      </div>
    ))
}

function NavigationList({ entries, onGo }: { entries: readonly MenuEntry[]; onGo?: () => void }) {
  const t = useMessages()
  const isHere = useIsHere()
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(({ to, label, icon: Icon }) => {
        const here = isHere(to)
        return (
          <li key={to}>
            <Link
              to={to}
              {...(onGo && { onClick: onGo })}
              {...(here && { 'aria-current': 'page' as const })}
              className={cx(
                'flex h-9 items-center gap-2.5 rounded-control px-2 text-13 font-medium transition-colors touch:h-11',
                here ? 'bg-pressed text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
              )}
            >
              <Icon aria-hidden size={18} className={cx('shrink-0', here && 'text-accent-ink')} />
              <span className="truncate">{t(label)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

const place = 'flex h-14 flex-col items-center justify-center gap-0.5 text-12 font-medium'

/** Where the thumb is on a telephone. */
export function BottomNavigation() {
  const t = useMessages()
  const isHere = useIsHere()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const entries = usePermittedMenu()
  const more = entries.length > underTheThumb + 1
  const shown = more ? entries.slice(0, underTheThumb) : entries
  const elsewhere = more && !shown.some(({ to }) => isHere(to))
  return (
    <nav
      aria-label={t('practice.navigation')}
      className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="flex">
        {shown.map(({ to, label, icon: Icon }) => {
          const here = isHere(to)
          return (
            <li key={to} className="min-w-0 flex-1">
              <Link
                to={to}
                {...(here && { 'aria-current': 'page' as const })}
                className={cx(place, here ? 'text-ink' : 'text-ink-muted')}
              >
                <Icon aria-hidden size={18} className={cx(here && 'text-accent-ink')} />
                <span className="max-w-full truncate px-1">{t(label)}</span>
              </Link>
            </li>
          )
        })}
        {more && (
          <li className="min-w-0 flex-1">
            <button
              type="button"
              aria-haspopup="dialog"
              aria-expanded={open}
              className={cx(place, 'w-full', elsewhere ? 'text-ink' : 'text-ink-muted')}
              onClick={() => setOpen(true)}
            >
              <MenuIcon aria-hidden size={18} className={cx(elsewhere && 'text-accent-ink')} />
              {t('practice.more')}
            </button>
          </li>
        )}
      </ul>
      <Wanted part={moreSheet} when={open} give={{ onClose: close }} onFailed={close} />
    </nav>
  )
}
