import { Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { chooseMemberLanguage, getMemberSession, type MemberMe } from '#contract/identity'
import { Avatar } from '#platform/ui/avatar.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { type Language, prefer, usePreferences } from '#platform/ui/preferences.ts'
import { useSignOut } from './sign-out.ts'

const themes = { system: Monitor, day: Sun, night: Moon } as const

/** Who is there, how things look for them, and the way out. */
export function AccountMenu({ me }: { me: MemberMe }) {
  const t = useMessages()
  const leave = useSignOut()
  const choose = useChooseLanguage()
  const { theme, language } = usePreferences()
  const items: MenuItem[] = [
    ...(['system', 'day', 'night'] as const).map((one) => ({
      group: t('ui.theme'),
      label: t(`ui.theme.${one}`),
      icon: themes[one],
      checked: theme === one,
      onSelect: () => prefer({ theme: one }),
    })),
    ...(['fr', 'en'] as const).map((one) => ({
      group: t('practice.language'),
      label: t(`practice.language.${one}`),
      icon: Languages,
      checked: language === one,
      onSelect: () => choose(one),
    })),
    { label: t('practice.sign-out'), icon: LogOut, group: ' ', onSelect: leave },
  ]
  return (
    <Menu
      align="end"
      items={items}
      header={
        <>
          <p className="truncate text-13 font-semibold">{me.name}</p>
          <p className="truncate text-12 text-ink-muted">{me.email}</p>
        </>
      }
      trigger={
        <button type="button" className="flex rounded-full touch:p-1.5">
          <Avatar name={me.name} />
          <span className="sr-only">{t('practice.account', { name: me.name })}</span>
        </button>
      }
    />
  )
}

/** At once on this screen, and kept with the account for the next one. */
function useChooseLanguage(): (language: Language) => void {
  const queries = useQueryClient()
  const kept = useEndpoint(chooseMemberLanguage, {
    onSuccess: (me) => queries.setQueryData(keyOf(getMemberSession), me),
  })
  return (language) => {
    prefer({ language })
    kept.mutate({ body: { language } })
  }
}
