import { type ReactNode, useRef } from 'react'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { formActions, FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'

type DialogFormProps = {
  submit: string
  saving: boolean
  error: unknown
  onSubmit: () => void
  onCancel: () => void
  children: ReactNode
}

/** A form inside a dialog, whose closing is its leaving. Its events are no business of the form it was opened from. */
export function DialogForm({ submit, saving, error, onSubmit, onCancel, children }: DialogFormProps) {
  const t = useMessages()
  const form = useRef<HTMLFormElement>(null)
  return (
    <Problems value={problemsByField(error)}>
      <form
        ref={form}
        noValidate
        aria-busy={saving}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (!saving) onSubmit()
        }}
      >
        {Boolean(error) && <FormErrors error={error} form={form} />}
        {children}
        <div className={formActions}>
          <Button onClick={onCancel}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" loading={saving}>
            {submit}
          </Button>
        </div>
      </form>
    </Problems>
  )
}
