import type { ReactNode } from 'react'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'

type ReasonFormProps = {
  label: string
  help: ReactNode
  error: string | undefined
  value: string
  onChange: (reason: string) => void
  onSubmit: () => void
}

/** Why something is done to somebody, in their own words; Ctrl or Cmd+Enter does it, as in every form. */
export function ReasonForm({ label, help, error, value, onChange, onSubmit }: ReasonFormProps) {
  return (
    // Keys typed in the field bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
      }}
    >
      <Field name="reason" label={label} help={help} error={error}>
        <Textarea value={value} onChange={onChange} rows={3} maxLength={500} />
      </Field>
    </form>
  )
}
