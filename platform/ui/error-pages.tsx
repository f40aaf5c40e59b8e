/** Instead of a page: there is none, it broke, or its code did not come. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import { FileQuestion, RefreshCw, TriangleAlert, WifiOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from './button.tsx'
import { ButtonLink } from './link.tsx'
import { useConnection } from './live.ts'
import { useMessages } from './messages.tsx'
import { PageLoadError } from './page-component.tsx'
import { usePageTitle } from './page-title.tsx'
import { EmptyState } from './states.tsx'

export function NotFound() {
  const t = useMessages()
  usePageTitle(t('ui.not-found'))
  return (
    <EmptyState
      heading
      icon={FileQuestion}
      title={t('ui.not-found')}
      action={
        <ButtonLink to="/" variant="primary">
          {t('ui.go-home')}
        </ButtonLink>
      }
    >
      <p>{t('ui.not-found.help')}</p>
    </EmptyState>
  )
}

/** A page that cannot be shown: a bug in it, or its code did not come. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  return error instanceof PageLoadError ? <NotLoaded error={error} reset={reset} /> : <Bug />
}

function Bug() {
  const t = useMessages()
  usePageTitle(t('ui.crashed'))
  return (
    <div role="alert">
      <EmptyState
        heading
        icon={TriangleAlert}
        title={t('ui.crashed')}
        action={
          <>
            <Button variant="primary" icon={RefreshCw} onClick={() => location.reload()}>
              {t('ui.reload')}
            </Button>
            <ButtonLink to="/">{t('ui.go-home')}</ButtonLink>
          </>
        }
      >
        <p>{t('ui.crashed.help')}</p>
      </EmptyState>
    </div>
  )
}

/** With the server out of reach the page comes when it is back; else a release has replaced it. */
function NotLoaded({ error, reset }: { error: PageLoadError; reset: () => void }) {
  const t = useMessages()
  const lost = useConnection() !== 'live'
  const wasLost = useRef(lost)
  const title = t(lost ? 'ui.error.offline' : 'ui.outdated')
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
            {t(lost ? 'ui.retry' : 'ui.reload')}
          </Button>
        }
      >
        <p>{t(lost ? 'ui.error.offline.advice' : 'ui.outdated.help')}</p>
      </EmptyState>
    </div>
  )
}
