/** The frame of an act on a record: what it will do, what it asks, and the word of the server. */
import { CircleAlert, type LucideIcon } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type ApiError, problemsByField } from './api-error.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { sentenceOf } from './errors.ts'
import { useMessages } from './messages.tsx'
import { Problems } from './problems.ts'

type ActDialogProps = {
  title: string
  description?: ReactNode
  /** What will happen, a line each: told before it does. */
  effects?: readonly string[]
  /** The verb of the main button. */
  action: string
  icon?: LucideIcon | undefined
  /** What nothing brings back, or what people notice at once. */
  danger?: boolean | undefined
  wide?: boolean | undefined
  /** Something is still to be filled in. */
  disabled?: boolean | undefined
  /** Names of what is: the button waits for them, and they are said beside it. */
  missing?: readonly string[] | undefined
  running: boolean
  error: ApiError | null
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

/** Ctrl or Cmd+Enter does it, as in every form. */
export function ActDialog(props: ActDialogProps) {
  const { title, description, effects = [], action, icon, danger = false, wide, missing = [] } = props
  const disabled = props.disabled === true || missing.length > 0
  const { running, error } = props
  const t = useMessages()
  const form = useId()
  const lacking = useId()
  const problems = problemsByField(error)
  const submit = () => {
    if (!running && !disabled) props.onSubmit()
  }
  return (
    <Dialog
      open
      wide={wide}
      onOpenChange={(open) => !open && props.onClose()}
      title={title}
      description={description}
      footer={
        <>
          {missing.length > 0 && (
            <p id={lacking} className="mr-auto self-center text-12 text-ink-muted max-sm:basis-full">
              {t('ui.missing', { names: missing.join(', ') })}
            </p>
          )}
          <Button onClick={props.onClose}>{t('ui.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? 'danger' : 'primary'}
            icon={icon}
            disabled={disabled}
            {...(missing.length > 0 && { 'aria-describedby': lacking })}
            loading={running}
          >
            {action}
          </Button>
        </>
      }
    >
      {/* Who closed the question for a second factor knows why nothing happened. */}
      {error && error.code !== 'step_up_required' && Object.keys(problems).length === 0 && (
        <p
          role="alert"
          className="mb-3 flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
        >
          <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {sentenceOf(error, t)}
        </p>
      )}
      {effects.length > 0 && (
        <ul className="mb-4 flex list-disc flex-col gap-1 pl-4 text-13 text-ink-muted">
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
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
            submit()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
          }}
        >
          {props.children}
        </form>
      </Problems>
    </Dialog>
  )
}
