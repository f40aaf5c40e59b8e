import type { UseQueryResult } from '@tanstack/react-query'
import { ListFilter, Minus, Plus } from 'lucide-react'
import type { previewStaffRoles } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { permissionName } from './staff-words.tsx'

type RightsDifferenceProps = { preview: UseQueryResult<OutputOf<typeof previewStaffRoles>, ApiError> }

/** What would be gained and lost, and kept within limits only; a right that another role gives too is none of these. */
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
  if (data.gains.length + data.losses.length + data.limited.length === 0)
    return <p className="text-13 text-ink-muted">{t('identity.staff.difference.nothing')}</p>
  return (
    <div className="flex flex-col gap-3 text-13">
      <Side
        title={t('identity.staff.difference.gains', { count: data.gains.length })}
        permissions={data.gains}
        sign="gain"
      />
      <Side
        title={t('identity.staff.difference.losses', { count: data.losses.length })}
        permissions={data.losses}
        sign="loss"
      />
      <Side
        title={t('identity.staff.difference.limited', { count: data.limited.length })}
        permissions={data.limited}
        sign="limit"
      />
    </div>
  )
}

const signs = {
  gain: { icon: Plus, colour: 'text-success-ink' },
  loss: { icon: Minus, colour: 'text-danger-ink' },
  limit: { icon: ListFilter, colour: 'text-warning-ink' },
}
type SideProps = { title: string; permissions: readonly string[]; sign: keyof typeof signs }

function Side({ title, permissions, sign }: SideProps) {
  const t = useMessages()
  if (permissions.length === 0) return null
  const { icon: Icon, colour } = signs[sign]
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {permissions.map((permission) => (
          <li key={permission} className="flex items-start gap-1.5">
            <Icon aria-hidden size={14} className={`mt-0.5 shrink-0 ${colour}`} />
            <span className="min-w-0 wrap-anywhere">{permissionName(permission, t)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
