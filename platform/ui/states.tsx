import { type LucideIcon, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from './api-error.ts'
import { Button } from './button.tsx'
import { CopyId } from './copy-id.tsx'
import { describeError } from './errors.ts'
import { useMessages } from './messages.tsx'
import { Why } from './why.tsx'

type StateProps = {
  icon?: LucideIcon | undefined
  title: string
  /** Why there is nothing, and what to do next. */
  children?: ReactNode
  action?: ReactNode
  /** It is the whole page: its title is the page's heading. */
  heading?: boolean | undefined
}

/** Why a place is empty, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, heading }: StateProps) {
  const Title = heading ? 'h1' : 'p'
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-12 text-center">
      {Icon && <Icon aria-hidden size={20} className="mb-3 text-ink-faint" />}
      <Title className="text-14 font-semibold">{title}</Title>
      {children && <div className="mt-1 text-13 text-ink-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

/** What went wrong, where it went wrong, with a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => unknown) | undefined }) {
  const t = useMessages()
  const { title, advice } = describeError(error, t)
  return (
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title={title}
        action={
          onRetry && (
            <Button icon={RotateCw} onClick={() => void onRetry()}>
              {t('ui.retry')}
            </Button>
          )
        }
      >
        <p>{advice}</p>
        <Why error={error} />
        {error instanceof ApiError && error.requestId && (
          <p className="mt-2">
            <CopyId id={error.requestId} label={t('ui.error.request')} />
          </p>
        )}
      </EmptyState>
    </div>
  )
}
