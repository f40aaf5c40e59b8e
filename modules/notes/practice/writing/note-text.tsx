import { maxBody, maxTitle, writable } from '#contract/notes'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { MarkdownField } from '#platform/ui/markdown-field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Written } from './written.ts'

type TextProps = {
  written: Written
  missing: boolean
  /** Who comes from a patient or a session comes to write. */
  isBegun: boolean
  onChange: (change: Partial<Written>) => void
}

export function NoteText({ written, missing, isBegun, onChange }: TextProps) {
  const t = useMessages()
  const formats = useFormats()
  const { title, body, kind } = written
  const length = body.length > maxBody ? Array.from(body).length : body.length
  const error =
    length > maxBody
      ? t('notes.text.too-long', { length: formats.integer(length), most: formats.integer(maxBody) })
      : missing
        ? t('notes.text.missing')
        : undefined
  return (
    <>
      <Field name="title" label={t('notes.title-field')} optional help={t('notes.title-field.help')}>
        <Input
          dir="auto"
          maxLength={maxTitle}
          value={title}
          onChange={(next) => onChange({ title: writable(next) })}
        />
      </Field>
      <MarkdownField
        name="body"
        label={t('notes.text')}
        offers={['heading', 'list', 'bold']}
        placeholder={t('notes.text.placeholder')}
        tall
        paper={kind === 'personal'}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- who comes from a session comes to write
        autoFocus={isBegun}
        error={error}
        value={body}
        onChange={(next) => onChange({ body: writable(next) })}
      />
    </>
  )
}
