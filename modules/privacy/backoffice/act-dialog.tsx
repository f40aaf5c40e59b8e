/** The frame of every act on a request: what it will do, its fields, and the word of the server. */
import { CircleAlert, type LucideIcon } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type ApiError, problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'

type ActDialogProps = {
  title: string
  description?: ReactNode
  /** The verb of the main button. */
  action: string
  icon?: LucideIcon
  running: boolean
  error: ApiError | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** Ctrl or Cmd+Enter does it, as in every form. */
export function ActDialog({
  title,
  description,
  action,
  icon,
  running,
  error,
  onSubmit,
  onClose,
  children,
}: ActDialogProps) {
  const t = useMessages()
  const form = useId()
  const problems = problemsByField(error)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" icon={icon} loading={running}>
            {action}
          </Button>
        </>
      }
    >
      {error && Object.keys(problems).length === 0 && (
        <p
          role="alert"
          className="mb-3 flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
        >
          <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {sentenceOf(error, t)}
        </p>
      )}
      <Problems value={problems}>
        {/* Keys typed in any field bubble up to the form. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <form
          id={form}
          noValidate
          className="flex flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            if (!running) onSubmit()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
          }}
        >
          {children}
        </form>
      </Problems>
    </Dialog>
  )
}
