import type { LucideIcon } from 'lucide-react'
import type { ApiError } from './api-error.ts'
import { ButtonLink } from './link.tsx'
import { type MessageKey, useMessages } from './messages.tsx'
import { PageHeader } from './page-header.tsx'
import { EmptyState, ErrorState } from './states.tsx'

export type Unreadable = { error: ApiError; retry: () => unknown }

type RecordUnreadableProps = Unreadable & {
  icon: LucideIcon
  title: MessageKey
  /** Said where there is none: what is missing, what that may mean, and the way back. */
  missing: MessageKey
  help: MessageKey
  back: MessageKey
  backTo: string
}

/** Why a record's page does not show it. What does not exist, or is no address of one, is not asked for again. */
export function RecordUnreadable({ error, retry, icon, backTo, ...say }: RecordUnreadableProps) {
  const t = useMessages()
  const isMissing = error.status === 404 || error.status === 400
  return (
    <>
      <PageHeader title={t(say.title)} />
      {isMissing ? (
        <EmptyState
          icon={icon}
          title={t(say.missing)}
          action={<ButtonLink to={backTo}>{t(say.back)}</ButtonLink>}
        >
          <p>{t(say.help)}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </>
  )
}
