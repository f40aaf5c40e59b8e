import { Bold, Heading, List } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { maxBody, maxTitle, writable } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { continueList, type Selected, toggleBold, togglePrefix } from '../markdown/marking.ts'
import { MarkdownView } from '../markdown/markdown-view.tsx'
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
  const [shown, setShown] = useState(false)
  const text = useRef<HTMLTextAreaElement>(null)
  const caret = useRef<Selected | null>(null)
  const { title, body, kind } = written
  // The text is set by React; where the caret stands in it then is said afterwards.
  useLayoutEffect(() => {
    const next = caret.current
    caret.current = null
    if (!next || text.current?.value !== next.text) return
    text.current.focus()
    text.current.setSelectionRange(next.start, next.end)
  })
  const put = (next: Selected | undefined): boolean => {
    if (!next) return false
    caret.current = next
    onChange({ body: next.text })
    return true
  }
  const mark = (how: (selected: Selected) => Selected | undefined): boolean => {
    const field = text.current
    return field ? put(how({ text: body, start: field.selectionStart, end: field.selectionEnd })) : false
  }
  function onKeyDown(event: KeyboardEvent) {
    const modified = event.metaKey || event.ctrlKey
    const done =
      modified && event.key.toLowerCase() === 'b'
        ? mark(toggleBold)
        : // While a script is being composed, Enter chooses a word.
          event.key === 'Enter' &&
          !modified &&
          !event.shiftKey &&
          !event.nativeEvent.isComposing &&
          mark(continueList)
    if (done) event.preventDefault()
  }
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
      <div>
        <div className="mb-1 flex flex-wrap items-center gap-1">
          <Button
            size="small"
            variant={shown ? 'ghost' : 'secondary'}
            aria-pressed={!shown}
            onClick={() => setShown(false)}
          >
            {t('notes.text.write')}
          </Button>
          <Button
            size="small"
            variant={shown ? 'secondary' : 'ghost'}
            aria-pressed={shown}
            onClick={() => setShown(true)}
          >
            {t('notes.text.preview')}
          </Button>
          {!shown && (
            <span className="ml-auto flex gap-1">
              <IconButton
                icon={Heading}
                size="small"
                label={t('notes.text.heading')}
                onClick={() => mark((at) => togglePrefix(at, '# '))}
              />
              <IconButton
                icon={List}
                size="small"
                label={t('notes.text.list')}
                onClick={() => mark((at) => togglePrefix(at, '- '))}
              />
              <IconButton
                icon={Bold}
                size="small"
                label={t('notes.text.bold')}
                onClick={() => mark(toggleBold)}
              />
            </span>
          )}
        </div>
        {shown ? (
          <div
            className={cx(
              'min-h-80 rounded-control border border-line px-3 py-2',
              kind === 'personal' ? 'bg-paper text-on-paper' : 'bg-surface',
            )}
          >
            <MarkdownView text={body} />
          </div>
        ) : (
          <div
            className={cx(
              // Sixteen pixels on a telephone: below that some of them zoom in on the field.
              '[&_textarea]:field-sizing-content [&_textarea]:min-h-80 [&_textarea]:leading-6 touch:[&_textarea]:text-16',
              kind === 'personal' && '[&_textarea]:bg-paper! [&_textarea]:text-on-paper!',
            )}
          >
            <Field name="body" label={t('notes.text')} error={error}>
              <Textarea
                ref={text}
                dir="auto"
                value={body}
                placeholder={t('notes.text.placeholder')}
                // oxlint-disable-next-line jsx-a11y/no-autofocus
                autoFocus={isBegun}
                onKeyDown={onKeyDown}
                onChange={(next) => onChange({ body: writable(next) })}
              />
            </Field>
          </div>
        )}
      </div>
    </>
  )
}
