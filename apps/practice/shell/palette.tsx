import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useMessages } from '#platform/ui/messages.tsx'
import { Palette as Base } from '#platform/ui/palette/palette.tsx'
import { prefer } from '#platform/ui/preferences.ts'
import { commands, menu, recordSources } from '../manifests.ts'
import { useSignOut } from './sign-out.ts'

const themes = { system: Monitor, day: Sun, night: Moon } as const

/** Whoever stands in for somebody goes to none of the person’s own other places. */
const ofThePerson: readonly string[] = ['/practices', '/account']

type PaletteProps = { onClose: () => void; takeTyped: () => string; onShortcuts: () => void }

/** Ctrl+K. What was seen last is not among it: patients' names would lie on the device. */
export function Palette({ onShortcuts, ...props }: PaletteProps) {
  const t = useMessages()
  const { leave, ends } = useSignOut()
  const isOneself = ends === 'session'
  return (
    <Base
      {...props}
      offer={{
        recent: [],
        pages: menu,
        commands: isOneself ? commands : commands.filter(({ to }) => !ofThePerson.includes(to)),
        own: [
          ...(['system', 'day', 'night'] as const).map((theme) => ({
            id: `theme ${theme}`,
            icon: themes[theme],
            label: t('practice.command.theme', { name: t(`ui.theme.${theme}`) }),
            keywords: t('ui.theme'),
            run: () => prefer({ theme }),
          })),
          {
            id: 'shortcuts',
            icon: Keyboard,
            label: t('practice.shortcuts'),
            keywords: t('practice.keywords.shortcuts'),
            run: onShortcuts,
          },
          {
            id: 'sign-out',
            icon: LogOut,
            label: t(isOneself ? 'practice.sign-out' : 'practice.end-assistance'),
            keywords: t('practice.keywords.sign-out'),
            run: leave,
          },
        ],
        sources: recordSources,
        placeholder: t('practice.search.placeholder'),
        nothing: (query) => t('practice.search.none', { query }),
        nothingHelp: t('practice.search.none.help'),
      }}
    />
  )
}
