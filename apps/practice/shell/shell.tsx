import { Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { MemberMe } from '#contract/identity'
import { ImpersonationFrame } from '#practice/impersonation'
import { Cards } from '#platform/ui/cards.tsx'
import { ConnectionStrip } from '#platform/ui/connection-strip.tsx'
import { cx } from '#platform/ui/cx.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { useTypedMeanwhile } from '#platform/ui/palette/typed-meanwhile.ts'
import { part, Wanted } from '#platform/ui/part.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { commands, menu } from '../manifests.ts'
import { Header } from './header.tsx'
import { BottomNavigation, SideNavigation } from './navigation.tsx'

const palette = part(() => import('./palette.tsx').then((m) => m.Palette))
const shortcutSheet = part(() => import('./shortcut-sheet.tsx').then((m) => m.ShortcutSheet))

/** What stands around every page: whose practice it is, who is there, and where one can go. Made for a telephone first. */
export function Shell({ me }: { me: MemberMe }) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const narrow = useNarrow()
  const [opened, setOpened] = useState<'palette' | 'shortcuts' | null>(null)
  const searching = opened === 'palette'
  const close = () => setOpened(null)
  const takeTyped = useTypedMeanwhile(searching)
  const main = useFocusOnNavigation()
  const search = () => setOpened('palette')
  useShortcuts(
    [
      { keys: 'mod+k', run: search },
      { keys: '?', run: () => setOpened('shortcuts') },
      { keys: '/', run: () => document.querySelector<HTMLElement>('[data-page-search]')?.focus() },
      ...[...menu, ...commands]
        .filter(({ needs }) => may(needs))
        .flatMap(({ shortcut, to }) => (shortcut ? [{ keys: shortcut, run: () => go(to) }] : [])),
    ],
    'shell',
  )
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page })
  const isHome = page?.path === '/'
  const forbidden = page?.needs !== undefined && !may(page.needs)
  return (
    <div
      className={cx(
        'min-h-dvh',
        me.impersonation ? '[--shell-top:132px] sm:[--shell-top:100px]' : '[--shell-top:56px]',
      )}
    >
      <a
        href="#main"
        className="fixed top-2 left-2 z-30 -translate-y-20 rounded-control border border-line bg-raised px-3 py-2 text-13 shadow-float focus:translate-y-0"
      >
        {t('practice.skip')}
      </a>
      <div className="sticky top-0 z-10 border-b border-line bg-canvas">
        <ImpersonationFrame me={me} />
        <Header me={me} onSearch={search} />
        <ConnectionStrip />
      </div>
      <div className="mx-auto flex max-w-[96rem]">
        {!narrow && <SideNavigation />}
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 px-gutter pt-5 pb-24 outline-none sm:pb-10"
        >
          {isHome && (
            <div className="mb-4 empty:hidden">
              <Cards quiet of="home" id={me.memberId} />
            </div>
          )}
          {forbidden ? <Forbidden /> : <Outlet />}
        </main>
      </div>
      {narrow && <BottomNavigation />}
      <Wanted
        part={palette}
        when={searching}
        give={{ onClose: close, takeTyped, onShortcuts: () => setOpened('shortcuts') }}
        onFailed={close}
      />
      <Wanted part={shortcutSheet} when={opened === 'shortcuts'} give={{ onClose: close }} onFailed={close} />
    </div>
  )
}

function Forbidden() {
  const t = useMessages()
  usePageTitle(t('practice.forbidden'))
  return (
    <EmptyState
      heading
      icon={Lock}
      title={t('practice.forbidden')}
      action={<ButtonLink to="/">{t('ui.go-home')}</ButtonLink>}
    >
      <p>{t('practice.forbidden.help')}</p>
    </EmptyState>
  )
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
