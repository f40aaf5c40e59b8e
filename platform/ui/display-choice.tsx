import { Monitor, Moon, Sun } from 'lucide-react'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'
import { useMessages } from './messages.tsx'
import { prefer, usePreferences } from './preferences.ts'

const icons = { system: Monitor, day: Sun, night: Moon }
const languages = { fr: 'Français', en: 'English' }

/** Language and theme for who is not signed in yet; kept in this browser. */
export function DisplayChoice() {
  const t = useMessages()
  const { language, theme } = usePreferences()
  const other = language === 'fr' ? 'en' : 'fr'
  return (
    <div className="flex items-center gap-1">
      {/* A language is named in itself, for who does not read this one. */}
      <Button variant="ghost" lang={other} onClick={() => prefer({ language: other })}>
        {languages[other]}
      </Button>
      <Menu
        align="end"
        trigger={
          <Button variant="ghost" icon={icons[theme]}>
            {/* On a phone the line also holds the environment's badge. */}
            <span className="max-sm:sr-only">{t('ui.theme')}</span>
          </Button>
        }
        items={(['system', 'day', 'night'] as const).map((one) => ({
          label: t(`ui.theme.${one}`),
          icon: icons[one],
          checked: one === theme,
          onSelect: () => prefer({ theme: one }),
        }))}
      />
    </div>
  )
}
