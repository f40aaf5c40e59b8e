import type { UseQueryResult } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import type { previewStaffRoles } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { permissionName } from './staff-words.tsx'

type RightsDifferenceProps = { preview: UseQueryResult<OutputOf<typeof previewStaffRoles>, ApiError> }

/** What would be gained and lost; a right that another role gives too is neither. */
export function RightsDifference({ preview: { data, error, isPlaceholderData } }: RightsDifferenceProps) {
  const t = useMessages()
  if (error) return <p className="text-13 text-danger-ink">{sentenceOf(error, t)}</p>
  if (!data || isPlaceholderData)
    return (
      <div aria-hidden className="flex flex-col gap-2.5 py-1">
        {[70, 55, 62].map((width) => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </div>
    )
  if (data.gains.length + data.losses.length === 0)
    return <p className="text-13 text-ink-muted">{t('identity.staff.difference.nothing')}</p>
  return (
    <div className="flex flex-col gap-3 text-13">
      <Side
        title={t('identity.staff.difference.gains', { count: data.gains.length })}
        permissions={data.gains}
        gains
      />
      <Side
        title={t('identity.staff.difference.losses', { count: data.losses.length })}
        permissions={data.losses}
      />
    </div>
  )
}

type SideProps = { title: string; permissions: readonly string[]; gains?: boolean }

function Side({ title, permissions, gains = false }: SideProps) {
  const t = useMessages()
  if (permissions.length === 0) return null
  const Icon = gains ? Plus : Minus
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {permissions.map((permission) => (
          <li key={permission} className="flex items-start gap-1.5">
            <Icon
              aria-hidden
              size={14}
              className={`mt-0.5 shrink-0 ${gains ? 'text-success-ink' : 'text-danger-ink'}`}
            />
            <span className="min-w-0 wrap-anywhere">{permissionName(permission, t)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
