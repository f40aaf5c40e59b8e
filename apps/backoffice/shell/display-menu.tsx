import { Languages, Monitor, Moon, Rows2, Rows3, Sun } from 'lucide-react'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { prefer, usePreferences } from '#platform/ui/preferences.ts'
import { useChooseLanguage } from './choose-language.ts'
import { DisplayTrigger } from './header-buttons.tsx'

/** Theme, density and language, each person's own. */
export function DisplayMenu({ defaultOpen }: Demanded) {
  const t = useMessages()
  const { theme, density, language } = usePreferences()
  const choose = useChooseLanguage()
  const themes = { system: Monitor, day: Sun, night: Moon } as const
  const densities = { compact: Rows3, comfortable: Rows2 } as const
  const items: MenuItem[] = [
    ...(['system', 'day', 'night'] as const).map((one) => ({
      group: t('shell.theme'),
      label: t(`shell.theme.${one}`),
      icon: themes[one],
      checked: theme === one,
      onSelect: () => prefer({ theme: one }),
    })),
    ...(['compact', 'comfortable'] as const).map((one) => ({
      group: t('shell.density'),
      label: t(`shell.density.${one}`),
      icon: densities[one],
      checked: density === one,
      onSelect: () => prefer({ density: one }),
    })),
    ...(['fr', 'en'] as const).map((one) => ({
      group: t('shell.language'),
      label: t(`shell.language.${one}`),
      icon: Languages,
      checked: language === one,
      onSelect: () => choose(one),
    })),
  ]
  return <Menu align="end" items={items} defaultOpen={defaultOpen} trigger={<DisplayTrigger />} />
}
