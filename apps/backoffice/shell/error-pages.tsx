import type { ErrorComponentProps } from '@tanstack/react-router'
import { FileQuestion, Lock, RefreshCw, TriangleAlert, WifiOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useConnection } from '#platform/ui/live.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Page } from '#platform/ui/manifest.ts'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { Explained } from '#platform/ui/why.tsx'
import { PageLoadError } from '../page-component.tsx'

export function NotFound() {
  const t = useMessages()
  usePageTitle(t('shell.not-found'))
  return (
    <EmptyState
      heading
      icon={FileQuestion}
      title={t('shell.not-found')}
      action={
        <ButtonLink to="/" variant="primary">
          {t('shell.go-home')}
        </ButtonLink>
      }
    >
      <p>{t('shell.not-found.help')}</p>
    </EmptyState>
  )
}

/** A page without the right to it: which right that is, who has it, and whom to ask. */
export function Forbidden({ page }: { page: Page }) {
  const t = useMessages()
  usePageTitle(t('shell.forbidden'))
  return (
    <div className="mx-auto max-w-xl py-12">
      <div className="flex flex-col items-center text-center">
        <Lock aria-hidden size={20} className="mb-3 text-ink-faint" />
        <h1 className="text-14 font-semibold">{t('shell.forbidden')}</h1>
        <p className="mt-1 text-13 text-ink-muted">{t('shell.forbidden.help', { page: t(page.title) })}</p>
      </div>
      {page.needs && (
        <div className="mt-5 rounded-card border border-line bg-surface p-4">
          <Explained permission={page.needs} />
        </div>
      )}
      <p className="mt-4 flex flex-col items-center gap-3 text-12 text-ink-muted">
        <ButtonLink to="/">{t('shell.go-home')}</ButtonLink>
        {/* For the administrator one sends a picture of this page to. */}
        <span>
          {t.rich('shell.forbidden.permission', { permission: <code key="permission">{page.needs}</code> })}
        </span>
      </p>
    </div>
  )
}

/** A page that cannot be shown: a bug in it, or its code did not come. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  return error instanceof PageLoadError ? <NotLoaded error={error} reset={reset} /> : <Bug />
}

function Bug() {
  const t = useMessages()
  usePageTitle(t('shell.crashed'))
  return (
    <div role="alert">
      <EmptyState
        heading
        icon={TriangleAlert}
        title={t('shell.crashed')}
        action={
          <>
            <Button variant="primary" icon={RefreshCw} onClick={() => location.reload()}>
              {t('shell.reload')}
            </Button>
            <ButtonLink to="/">{t('shell.go-home')}</ButtonLink>
          </>
        }
      >
        <p>{t('shell.crashed.help')}</p>
      </EmptyState>
    </div>
  )
}

/** With the server out of reach the page comes when it is back; else a release has replaced it. */
function NotLoaded({ error, reset }: { error: PageLoadError; reset: () => void }) {
  const t = useMessages()
  const lost = useConnection() !== 'live'
  const wasLost = useRef(lost)
  const title = t(lost ? 'ui.error.offline' : 'shell.outdated')
  usePageTitle(title)
  useEffect(() => {
    // Browsers remember what they failed to load for as long as the window lives.
    if (wasLost.current && !lost) location.reload()
    wasLost.current = lost
  }, [lost])
  useEffect(() => () => error.forget(), [error])
  return (
    <div role="alert">
      <EmptyState
        heading
        icon={lost ? WifiOff : RefreshCw}
        title={title}
        action={
          <Button
            variant="primary"
            icon={RefreshCw}
            onClick={() => {
              if (!lost) return location.reload()
              error.forget()
              reset()
            }}
          >
            {t(lost ? 'ui.retry' : 'shell.reload')}
          </Button>
        }
      >
        <p>{t(lost ? 'ui.error.offline.advice' : 'shell.outdated.help')}</p>
      </EmptyState>
    </div>
  )
}
