import { Building2, Languages, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { chooseMemberLanguage, getMemberSession, listOwnPractices, type MemberMe } from '#contract/identity'
import { useSwitching } from '#practice/identity'
import { Avatar } from '#platform/ui/avatar.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { type Language, prefer, usePreferences } from '#platform/ui/preferences.ts'
import { notify } from '#platform/ui/toast.tsx'
import { useSignOut } from './sign-out.ts'

const themes = { system: Monitor, day: Sun, night: Moon } as const

/** Who is there, in which of their practices, how things look for them, and the way out. */
export function AccountMenu({ me }: { me: MemberMe }) {
  const t = useMessages()
  const { leave, ends } = useSignOut()
  const isOneself = ends === 'session'
  const choose = useChooseLanguage(isOneself)
  const { theme, language } = usePreferences()
  const items: MenuItem[] = [
    // In somebody’s name one changes how the screen looks, and leaves: the account is the person’s own.
    ...usePracticeItems(me, isOneself),
    ...(isOneself ? [{ label: t('practice.own-account'), icon: UserRound, to: '/account', group: ' ' }] : []),
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
    {
      label: t(isOneself ? 'practice.sign-out' : 'practice.end-assistance'),
      icon: LogOut,
      group: '  ',
      onSelect: leave,
    },
  ]
  return (
    <Menu
      align="end"
      items={items}
      header={
        <>
          {!isOneself && <p className="text-12 text-ink-muted">{t('practice.on-behalf-of')}</p>}
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

/** The practices somebody works in, of several: where one is, where one can go, and which are closed. */
function usePracticeItems(me: MemberMe, isOneself: boolean): MenuItem[] {
  const t = useMessages()
  const switching = useSwitching((error) => notify.failed({ title: sentenceOf(error, t) }))
  const { data } = useEndpoint(listOwnPractices, {}, { enabled: isOneself && me.practices > 1 })
  if (!isOneself) return []
  const rows = data?.rows ?? []
  const group = t('practice.switch')
  return [
    ...rows.map(({ memberId, name, state, current }) => ({
      group,
      label: state === 'open' ? name : t(`practice.switch.${state}`, { name }),
      icon: Building2,
      checked: current,
      disabled: state !== 'open',
      onSelect: () => !current && switching.to(memberId),
    })),
    {
      label: t('practice.own-practices'),
      icon: Building2,
      to: '/practices',
      group: rows.length > 0 ? group : ' ',
    },
  ]
}

/** At once on this screen, and kept with the account for the next one, where that is one’s own. */
function useChooseLanguage(isOneself: boolean): (language: Language) => void {
  const queries = useQueryClient()
  const kept = useEndpoint(chooseMemberLanguage, {
    onSuccess: (me) => queries.setQueryData(keyOf(getMemberSession), me),
  })
  return (language) => {
    prefer({ language })
    if (isOneself) kept.mutate({ body: { language } })
  }
}
