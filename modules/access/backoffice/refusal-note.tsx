import { CircleAlert } from 'lucide-react'
import { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Why } from '#platform/ui/why.tsx'
import { permissionName } from './words.ts'

/** Why it was not saved, naming the permissions concerned. Who called off the step-up knows, and is told nothing. */
export function RefusalNote({ error }: { error: unknown }) {
  const t = useMessages()
  const formats = useFormats()
  if (!error || (error instanceof ApiError && error.code === 'step_up_required')) return null
  const permissions = concerned(error)
  return (
    <div
      role="alert"
      className="mb-3 flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        {sentenceOf(error, t)}
        {permissions.length > 0 && (
          <span className="block font-medium">
            {formats.list(permissions.map((permission) => permissionName(permission, t)))}
          </span>
        )}
        <Why error={error} />
      </div>
    </div>
  )
}

function concerned(error: unknown): string[] {
  const details = error instanceof ApiError ? error.details : null
  const named =
    typeof details === 'object' && details !== null && 'permissions' in details ? details.permissions : []
  return Array.isArray(named) ? named.filter((one) => typeof one === 'string') : []
}
