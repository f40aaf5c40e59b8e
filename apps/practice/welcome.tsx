import { Moon, Sun } from 'lucide-react'
import { useEffect } from 'react'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { prefer, usePreferences } from '#platform/ui/preferences.ts'

/** Says what this address is, until there is something to sign in to. */
export function Welcome() {
  const t = useMessages()
  const face = t('practice.face')
  useEffect(() => {
    document.title = t('ui.document.title', { page: face })
  }, [t, face])
  return (
    <div className="mx-auto flex min-h-dvh max-w-xl flex-col px-gutter">
      <header className="flex h-14 items-center gap-2.5">
        <Mark />
        <p className="leading-tight">
          <span className="block text-13 font-semibold">{t('ui.product')}</span>
          <span className="block text-12 text-ink-muted">{face}</span>
        </p>
        <div className="ml-auto flex items-center gap-1">
          <Languages />
          <Theme />
        </div>
      </header>
      <main className="flex flex-1 flex-col justify-center gap-6 py-12">
        <div>
          <h1 className="text-20 font-semibold tracking-tight">{t('practice.title')}</h1>
          <p className="mt-2 text-ink-muted">{t('practice.what')}</p>
        </div>
        <Card flush>
          <dl className="divide-y divide-line text-13">
            <div className="px-4 py-3">
              <dt>
                <Badge tone="info">{t('practice.state')}</Badge>
              </dt>
              <dd className="mt-1.5 text-ink-muted">{t('practice.state.help')}</dd>
            </div>
            <div className="px-4 py-3">
              <dt className="font-medium">{t('practice.apart')}</dt>
              <dd className="mt-0.5 text-ink-muted">{t('practice.apart.help')}</dd>
            </div>
          </dl>
        </Card>
      </main>
    </div>
  )
}

function Languages() {
  const t = useMessages()
  const { language } = usePreferences()
  return (
    <fieldset className="flex gap-0.5" aria-label={t('practice.language')}>
      {(['fr', 'en'] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={language === one}
          onClick={() => prefer({ language: one })}
          className={cx(
            'h-control-small rounded-control px-2 text-13',
            language === one ? 'bg-pressed font-medium' : 'text-ink-muted hover:bg-hover',
          )}
        >
          {t(`practice.language.${one}`)}
        </button>
      ))}
    </fieldset>
  )
}

function Theme() {
  const t = useMessages()
  const { theme } = usePreferences()
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'night'
  const other = dark ? 'day' : 'night'
  return (
    <IconButton
      size="small"
      icon={dark ? Sun : Moon}
      label={t(`practice.theme.${other}`)}
      onClick={() => prefer({ theme: other })}
    />
  )
}
