import { useBlocker } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { problemsByField } from './api-error.ts'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { DangerDialog } from './dialog.tsx'
import { sentenceOf } from './errors.ts'
import { useMessages } from './messages.tsx'
import { Problems } from './problems.ts'
import { Why } from './why.tsx'

/** The buttons below a form; in a dialog they stay in sight while its fields scroll. */
export const formActions = cx(
  'flex flex-wrap justify-end gap-2 border-t border-line pt-4',
  'in-data-dialog-body:sticky in-data-dialog-body:-bottom-4 in-data-dialog-body:z-3 in-data-dialog-body:-mx-4 in-data-dialog-body:-mb-4 in-data-dialog-body:bg-raised in-data-dialog-body:px-4 in-data-dialog-body:py-3',
)

type FormProps = {
  /** The verb of the primary button. */
  submit: string
  onSubmit: () => void
  onCancel?: (() => void) | undefined
  saving?: boolean | undefined
  /** What the last attempt ran into: shown above the fields, and beside each one concerned. */
  error?: unknown
  /** Something was typed that would be lost. */
  dirty?: boolean | undefined
  children: ReactNode
}

/**
 * Ctrl or Cmd+Enter saves, Escape leaves, and nothing typed is lost without a question.
 * Errors go to the field whose `name` they bear.
 */
export function Form({ submit, onSubmit, onCancel, saving, error, dirty = false, children }: FormProps) {
  const t = useMessages()
  const form = useRef<HTMLFormElement>(null)
  // Enter on a checkbox submits by itself, and Ctrl+Enter does so below: one key is one attempt.
  const justSent = useRef(false)
  const blocker = useBlocker({
    shouldBlockFn: () => dirty && !saving,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <Problems value={problemsByField(error)}>
      {/* Keys typed in any field bubble up to the form. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        noValidate
        aria-busy={saving}
        onSubmit={(event) => {
          event.preventDefault()
          if (saving || justSent.current) return
          justSent.current = true
          setTimeout(() => (justSent.current = false))
          onSubmit()
        }}
        onKeyDown={(event) => {
          if (event.defaultPrevented) return
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
          if (event.key === 'Escape' && onCancel) {
            // The same key would go on to close the question it makes appear.
            event.stopPropagation()
            onCancel()
          }
        }}
        className="flex flex-col gap-4"
      >
        {Boolean(error) && <FormErrors error={error} form={form} />}
        {children}
        <div className={formActions}>
          {onCancel && <Button onClick={onCancel}>{t('ui.cancel')}</Button>}
          <Button type="submit" variant="primary" loading={saving}>
            {submit}
          </Button>
        </div>
      </form>
      <DangerDialog
        open={blocker.status === 'blocked'}
        onOpenChange={(open) => !open && blocker.reset?.()}
        title={t('ui.form.leave')}
        description={t('ui.form.leave.help')}
        action={t('ui.form.leave.confirm')}
        stay={t('ui.form.leave.stay')}
        onConfirm={() => blocker.proceed?.()}
      />
    </Problems>
  )
}

type FormErrorsProps = { error: unknown; form?: RefObject<HTMLFormElement | null> }

/** What is wrong, in one place and read aloud; each line leads to its field. */
export function FormErrors({ error, form }: FormErrorsProps) {
  const t = useMessages()
  const box = useRef<HTMLDivElement>(null)
  const problems = Object.entries(problemsByField(error))
  useEffect(() => box.current?.focus(), [error])
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{sentenceOf(error, t)}</p>
        <Why error={error} />
        {problems.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {problems.map(([path, message]) => (
              <li key={path}>
                <button
                  type="button"
                  className="text-left underline underline-offset-2"
                  onClick={() =>
                    form?.current?.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`)?.focus()
                  }
                >
                  {message}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
