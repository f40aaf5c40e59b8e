import { Languages, Monitor, Moon, Rows2, Rows3, Sun } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { chooseLanguage, getSession } from '#contract/identity'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { type Language, prefer, usePreferences } from '#platform/ui/preferences.ts'
import { DisplayTrigger } from './header-buttons.tsx'

/** Theme, density and language, each person's own. */
export function DisplayMenu({ defaultOpen }: Demanded) {
  const t = useMessages()
  const { theme, density, language } = usePreferences()
  const queries = useQueryClient()
  const keepLanguage = useEndpoint(chooseLanguage, {
    onSuccess: (me) => queries.setQueryData(keyOf(getSession), me),
  })
  const choose = (chosen: Language) => {
    prefer({ language: chosen })
    keepLanguage.mutate({ body: { language: chosen } })
  }
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
