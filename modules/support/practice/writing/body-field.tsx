import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { writable } from './typed.ts'

type BodyFieldProps = {
  label: string
  value: string
  onChange: (body: string) => void
  error: string | undefined
}

/** What is said to the team, kept letter by letter. */
export function BodyField({ label, value, onChange, error }: BodyFieldProps) {
  const t = useMessages()
  return (
    <MarkdownField
      name="body"
      label={label}
      help={t('support.own.text.help')}
      offers={['bold', 'list', 'link']}
      error={error}
      value={value}
      onChange={(typed) => onChange(writable(typed))}
    />
  )
}
