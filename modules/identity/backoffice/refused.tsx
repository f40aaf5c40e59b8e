import { CircleAlert } from 'lucide-react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'

/** Why a dialog's act did not happen. Whoever closed the question for a second factor knows, and is told nothing. */
export function Refused({ error }: { error: ApiError | null }) {
  const t = useMessages()
  if (!error || error.code === 'step_up_required') return null
  return (
    <p
      role="alert"
      className="mb-3 flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      {sentenceOf(error, t)}
    </p>
  )
}
