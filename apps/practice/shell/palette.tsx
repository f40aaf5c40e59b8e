import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useMessages } from '#platform/ui/messages.tsx'
import { Palette as Base } from '#platform/ui/palette/palette.tsx'
import { prefer } from '#platform/ui/preferences.ts'
import { commands, menu, recordSources } from '../manifests.ts'
import { useSignOut } from './sign-out.ts'

const themes = { system: Monitor, day: Sun, night: Moon } as const

type PaletteProps = { onClose: () => void; takeTyped: () => string; onShortcuts: () => void }

/** Ctrl+K. What was seen last is not among it: patients' names would lie on the device. */
export function Palette({ onShortcuts, ...props }: PaletteProps) {
  const t = useMessages()
  const leave = useSignOut()
  return (
    <Base
      {...props}
      offer={{
        recent: [],
        pages: menu,
        commands,
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
            label: t('practice.sign-out'),
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
