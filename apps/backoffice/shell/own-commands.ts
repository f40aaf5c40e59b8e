import { Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useMessages } from '#platform/ui/messages.tsx'
import type { OwnCommand } from '#platform/ui/palette/palette.tsx'
import { prefer } from '#platform/ui/preferences.ts'
import { useChooseLanguage } from './choose-language.ts'
import { useSignOut } from './sign-out.ts'

/** What concerns the person's own screen, for the palette. */
export function useOwnCommands(): OwnCommand[] {
  const t = useMessages()
  const choose = useChooseLanguage()
  const leave = useSignOut()
  const themes = { system: Monitor, day: Sun, night: Moon } as const
  return [
    ...(['system', 'day', 'night'] as const).map((theme) => ({
      id: `theme ${theme}`,
      icon: themes[theme],
      label: t('shell.command.theme', { name: t(`shell.theme.${theme}`) }),
      keywords: t(`shell.keywords.${theme}`),
      run: () => prefer({ theme }),
    })),
    ...(['fr', 'en'] as const).map((language) => ({
      id: `language ${language}`,
      icon: Languages,
      label: t('shell.command.language', { name: t(`shell.language.${language}`) }),
      keywords: t(`shell.keywords.${language}`),
      run: () => choose(language),
    })),
    {
      id: 'sign-out',
      icon: LogOut,
      label: t('shell.sign-out'),
      keywords: t('shell.keywords.sign-out'),
      run: leave,
    },
  ]
}
