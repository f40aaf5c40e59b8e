import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Clock, type LucideIcon, Search, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Kbd } from '../kbd.tsx'
import { useGo } from '../link.tsx'
import type { Command as CommandEntry, MenuEntry, RecordSource } from '../manifest.ts'
import { useMessages } from '../messages.tsx'
import { matches } from '../plain-text.ts'
import { useMay } from '../session.tsx'
import { isEnough, useFoundRecords } from './found-records.ts'

export type OwnCommand = {
  id: string
  icon: LucideIcon
  label: string
  /** What else one may type to find it, in either language. */
  keywords: string
  run: () => void
}

/** What an app offers to be found. */
export type PaletteOffer = {
  /** Pages seen last, the newest first. */
  recent: readonly { to: string; title: string }[]
  pages: readonly MenuEntry[]
  commands: readonly CommandEntry[]
  /** What concerns the person’s own screen. */
  own: readonly OwnCommand[]
  sources: readonly RecordSource[]
  placeholder: string
  /** When nothing was found: what was sought, and what else to try. */
  nothing: (query: string) => string
  nothingHelp: string
}

type PaletteProps = {
  offer: PaletteOffer
  onClose: () => void
  /** What was typed while the palette was on its way. */
  takeTyped: () => string
}

/** Ctrl+K: what was seen last, then pages, records and commands, as one types. */
export function Palette({ offer, onClose, takeTyped }: PaletteProps) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const [query, setQuery] = useState(takeTyped)
  const input = useRef<HTMLInputElement>(null)
  const focused = useRef(false)
  const { found, searching } = useFoundRecords(offer.sources, query)

  const open = (to: string) => {
    onClose()
    go(to)
  }
  const fits = (text: string) => matches(text, query)
  const recent = offer.recent.filter(({ title }) => fits(title))
  const pages = offer.pages.filter((entry) => may(entry.needs) && fits(t(entry.label)))
  const acts = offer.commands.filter((entry) => may(entry.needs) && fits(t(entry.label)))
  const typed = query.trim() !== ''
  const own = offer.own.filter(({ label, keywords }) => typed && fits(`${label} ${keywords}`))
  const nothing = recent.length + pages.length + acts.length + own.length + found.length === 0

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-scrim" />
        <Dialog.Popup
          aria-label={t('ui.search')}
          initialFocus={input}
          className="float-in fixed z-20 flex flex-col overflow-hidden border border-line bg-raised text-ink shadow-float outline-none max-sm:inset-0 sm:top-[12dvh] sm:left-1/2 sm:w-[min(40rem,calc(100vw-32px))] sm:-translate-x-1/2 sm:rounded-card"
        >
          <Command shouldFilter={false} loop label={t('ui.search')} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden size={16} className="shrink-0 text-ink-muted" />
              <Command.Input
                ref={input}
                value={query}
                onValueChange={setQuery}
                onFocus={() => {
                  // A letter more may have been typed between the first drawing and the focus.
                  if (!focused.current) setQuery(takeTyped())
                  focused.current = true
                }}
                placeholder={offer.placeholder}
                className="h-12 w-full bg-transparent text-16 outline-none"
              />
              <Dialog.Close className="rounded-small">
                <span aria-hidden className="touch:hidden">
                  <Kbd keys="escape" />
                </span>
                <X aria-hidden size={16} className="m-2 hidden text-ink-muted touch:block" />
                <span className="sr-only">{t('ui.close')}</span>
              </Dialog.Close>
            </div>
            <Command.List
              label={t('ui.search')}
              className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 sm:max-h-[50dvh]"
            >
              <Group heading={t('ui.search.recent')} shown={recent.length > 0}>
                {recent.slice(0, query ? 3 : 6).map((page) => (
                  <Item key={page.to} id={`recent ${page.to}`} icon={Clock} onSelect={() => open(page.to)}>
                    {page.title}
                  </Item>
                ))}
              </Group>
              <Group heading={t('ui.search.pages')} shown={pages.length > 0}>
                {pages.map((page) => (
                  <Item
                    key={page.to}
                    id={`page ${page.to}`}
                    icon={page.icon}
                    shortcut={page.shortcut}
                    onSelect={() => open(page.to)}
                  >
                    {t(page.label)}
                  </Item>
                ))}
              </Group>
              {found.map(({ source, records }) => (
                <Group key={source.label} heading={t(source.label)} shown>
                  {records.map((record) => (
                    <Item
                      key={record.id}
                      id={`record ${record.id}`}
                      icon={source.icon}
                      onSelect={() => open(record.to)}
                    >
                      {record.title}
                      {record.detail && <span className="ml-2 text-12 text-ink-muted">{record.detail}</span>}
                    </Item>
                  ))}
                </Group>
              ))}
              <Group heading={t('ui.search.commands')} shown={acts.length + own.length > 0}>
                {acts.map((act) => (
                  <Item
                    key={act.to}
                    id={`command ${act.to}`}
                    icon={act.icon}
                    shortcut={act.shortcut}
                    onSelect={() => open(act.to)}
                  >
                    {t(act.label)}
                  </Item>
                ))}
                {own.map(({ id: name, icon, label, run }) => (
                  <Item
                    key={name}
                    id={`own ${name}`}
                    icon={icon}
                    onSelect={() => {
                      onClose()
                      run()
                    }}
                  >
                    {label}
                  </Item>
                ))}
              </Group>
              {nothing && (
                <div className="px-4 py-10 text-center text-13">
                  {searching ? (
                    <p className="text-ink-muted">{t('ui.search.searching')}</p>
                  ) : !isEnough(query.trim()) ? (
                    <p className="text-ink-muted">{t('ui.search.go-on')}</p>
                  ) : (
                    <>
                      <p className="font-medium">{offer.nothing(query)}</p>
                      <p className="mt-1 text-ink-muted">{offer.nothingHelp}</p>
                    </>
                  )}
                </div>
              )}
            </Command.List>
            <p className="flex gap-4 border-t border-line px-4 py-2 text-12 text-ink-muted max-sm:hidden">
              <span className="flex items-center gap-1.5">
                <Kbd keys="up down" /> {t('ui.search.move')}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd keys="enter" /> {t('ui.search.open')}
              </span>
            </p>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ heading, shown, children }: { heading: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-muted"
    >
      {children}
    </Command.Group>
  )
}

type ItemProps = {
  id: string
  icon: LucideIcon
  shortcut?: string | undefined
  onSelect: () => void
  children: ReactNode
}

function Item({ id, icon: Icon, shortcut, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 text-13 data-[selected=true]:bg-hover touch:min-h-11"
    >
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </Command.Item>
  )
}
