import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useConnection } from '#platform/ui/live.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useTypedMeanwhile } from '#platform/ui/palette/typed-meanwhile.ts'
import { part, Wanted } from '#platform/ui/part.tsx'
import { keep, kept } from '#platform/ui/preferences.ts'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { commands, menu } from '../manifests.ts'
import { BottomBar } from './bottom-bar.tsx'
import { useCurrentPage } from './current-page.ts'
import { Forbidden } from './forbidden.tsx'
import { Header } from './header.tsx'
import { useRecentPages } from './recent-pages.ts'
import { Sidebar } from './sidebar.tsx'

const palette = part(() => import('./palette.tsx').then((m) => m.Palette))
const shortcutSheet = part(() => import('./shortcut-sheet.tsx').then((m) => m.ShortcutSheet))

type Opened = 'palette' | 'shortcuts' | null

/** What stands around every page: navigation, search, and what concerns the person. */
export function Shell() {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const lost = useConnection() === 'lost'
  const current = useCurrentPage()
  const [opened, setOpened] = useState<Opened>(null)
  const [collapsed, setCollapsed] = useState(() => kept('sidebar') === 'collapsed')
  const close = () => setOpened(null)
  const main = useFocusOnNavigation()
  const takeTyped = useTypedMeanwhile(opened === 'palette')
  useRecentPages()
  usePaletteAtHand()
  useShortcuts(
    [
      { keys: 'mod+k', run: () => setOpened('palette') },
      { keys: '?', run: () => setOpened('shortcuts') },
      { keys: '/', run: () => document.querySelector<HTMLElement>('[data-page-search]')?.focus() },
      ...[...menu.flatMap(([, entries]) => entries), ...commands]
        .filter((entry) => may(entry.needs))
        .flatMap(({ shortcut, to }) => (shortcut ? [{ keys: shortcut, run: () => go(to) }] : [])),
    ],
    'shell',
  )

  const forbidden = current?.page.needs !== undefined && !may(current.page.needs)
  return (
    <div className={cx('min-h-dvh', lost ? '[--shell-top:76px]' : '[--shell-top:48px]')}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-30 -translate-y-20 rounded-control border border-line bg-raised px-3 py-2 text-13 shadow-float focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <Sidebar
        collapsed={collapsed}
        onCollapse={(next) => {
          setCollapsed(next)
          keep('sidebar', next ? 'collapsed' : 'open')
        }}
      />
      <div className={cx('max-sm:pb-16 sm:pl-14', !collapsed && 'lg:pl-56')}>
        <Header onSearch={() => setOpened('palette')} onShortcuts={() => setOpened('shortcuts')} />
        <main ref={main} id="main" tabIndex={-1} className="px-gutter py-5 outline-none">
          {forbidden ? <Forbidden page={current.page} /> : <Outlet />}
        </main>
      </div>
      <BottomBar onSearch={() => setOpened('palette')} />
      <Wanted
        part={palette}
        when={opened === 'palette'}
        give={{ onClose: close, takeTyped }}
        onFailed={close}
      />
      <Wanted part={shortcutSheet} when={opened === 'shortcuts'} give={{ onClose: close }} onFailed={close} />
    </div>
  )
}

/** Its code comes as soon as Ctrl goes down: K is a tenth of a second away. */
function usePaletteAtHand() {
  useEffect(() => {
    const listener = ({ key }: KeyboardEvent) => {
      if (key === 'Control' || key === 'Meta') void palette.preload()
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

/** A new page takes the focus, so that keyboard and screen reader are where the eyes are. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null)
  const path = useLocation({ select: (location) => location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])
  return main
}
