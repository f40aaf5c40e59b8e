import type { ErrorComponentProps } from '@tanstack/react-router'
import { FileQuestion, Lock, RefreshCw, TriangleAlert } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { EmptyState } from '#platform/ui/states.tsx'

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

export function Forbidden({ permission }: { permission: string }) {
  const t = useMessages()
  usePageTitle(t('shell.forbidden'))
  return (
    <EmptyState
      heading
      icon={Lock}
      title={t('shell.forbidden')}
      action={
        <ButtonLink to="/" variant="primary">
          {t('shell.go-home')}
        </ButtonLink>
      }
    >
      <p>{t.rich('shell.forbidden.help', { permission: <code key="permission">{permission}</code> })}</p>
    </EmptyState>
  )
}

/** A bug in a page, or a part of the code that a new release has replaced. */
export function Crashed({ error }: ErrorComponentProps) {
  const t = useMessages()
  const outdated = /dynamically imported module|importing a module|preload CSS/i.test(String(error))
  const title = t(outdated ? 'shell.outdated' : 'shell.crashed')
  usePageTitle(title)
  return (
    <div role="alert">
      <EmptyState
        heading
        icon={outdated ? RefreshCw : TriangleAlert}
        title={title}
        action={
          <>
            <Button variant="primary" icon={RefreshCw} onClick={() => location.reload()}>
              {t('shell.reload')}
            </Button>
            <ButtonLink to="/">{t('shell.go-home')}</ButtonLink>
          </>
        }
      >
        <p>{t(outdated ? 'shell.outdated.help' : 'shell.crashed.help')}</p>
      </EmptyState>
    </div>
  )
}
