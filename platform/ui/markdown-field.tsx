import { Bold, Heading, Italic, Link2, List, type LucideIcon, Quote } from 'lucide-react'
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Field } from './field.tsx'
import { IconButton } from './icon-button.tsx'
import { Textarea } from './input.tsx'
import { MarkdownView } from './markdown.tsx'
import { asLink, continueList, type Selected, toggleBold, toggleItalic, togglePrefix } from './marking.ts'
import { type MessageKey, useMessages } from './messages.tsx'

const tools = {
  heading: [Heading, 'ui.markdown.heading', (at) => togglePrefix(at, '# ')],
  list: [List, 'ui.markdown.list', (at) => togglePrefix(at, '- ')],
  quote: [Quote, 'ui.markdown.quote', (at) => togglePrefix(at, '> ')],
  bold: [Bold, 'ui.markdown.bold', toggleBold],
  italic: [Italic, 'ui.markdown.italic', toggleItalic],
  link: [Link2, 'ui.markdown.link', asLink],
} satisfies Record<string, [LucideIcon, MessageKey, (at: Selected) => Selected]>

type MarkdownFieldProps = {
  label: string
  name?: string | undefined
  value: string
  onChange: (text: string) => void
  /** Buttons over the text, in this order. */
  offers: readonly (keyof typeof tools)[]
  help?: string | undefined
  error?: string | undefined
  placeholder?: string | undefined
  autoFocus?: boolean | undefined
  /** How high it is while empty; it grows with the text. */
  tall?: boolean | undefined
  /** It is there already, and read before it is changed. */
  previewFirst?: boolean | undefined
  /** On the yellow paper of what stays among few. */
  paper?: boolean | undefined
  /** To have the focus come back to it. */
  ref?: Ref<{ focus: () => void }> | undefined
}

const doubled = /^([ \t]*- )- $/m

/**
 * Text in light Markdown, kept letter by letter: buttons that mark it, lists that go on by themselves, and a look at how it
 * will be read.
 */
export function MarkdownField({
  label,
  name,
  value,
  onChange,
  offers,
  help,
  error,
  placeholder,
  autoFocus,
  tall = false,
  previewFirst = false,
  paper = false,
  ref,
}: MarkdownFieldProps) {
  const t = useMessages()
  const [shown, setShown] = useState(previewFirst)
  const text = useRef<HTMLTextAreaElement>(null)
  const caret = useRef<Selected | null>(null)
  useImperativeHandle(ref, () => ({ focus: () => text.current?.focus() }))
  // The text is set by React; where the caret stands in it then is said afterwards.
  useLayoutEffect(() => {
    const next = caret.current
    caret.current = null
    if (!next || text.current?.value !== next.text) return
    text.current.focus()
    text.current.setSelectionRange(next.start, next.end)
  })
  const mark = (how: (selected: Selected) => Selected | undefined): boolean => {
    const field = text.current
    const next = field && how({ text: value, start: field.selectionStart, end: field.selectionEnd })
    if (!next) return false
    caret.current = next
    onChange(next.text)
    return true
  }
  /** Whoever pressed the list button and types the dash all the same means one. */
  function type(typed: string) {
    const once = typed.replace(doubled, '$1')
    if (once !== typed) {
      const at = (text.current?.selectionStart ?? typed.length) - 2
      caret.current = { text: once, start: at, end: at }
    }
    onChange(once)
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
  const height = tall ? 'min-h-80' : 'min-h-36'
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-center gap-1">
        <ViewButton shown={!shown} label={t('ui.markdown.write')} onClick={() => setShown(false)} />
        <ViewButton shown={shown} label={t('ui.markdown.preview')} onClick={() => setShown(true)} />
        {!shown && (
          <span className="ml-auto flex gap-1">
            {offers.map((tool) => {
              const [icon, said, how] = tools[tool]
              return (
                <IconButton key={tool} icon={icon} size="small" label={t(said)} onClick={() => mark(how)} />
              )
            })}
          </span>
        )}
      </div>
      {shown ? (
        <div
          className={cx(
            'rounded-control border border-line px-3 py-2',
            height,
            paper ? 'bg-paper text-on-paper' : 'bg-surface',
          )}
        >
          <MarkdownView text={value} />
          {error && (
            <p role="alert" className="text-12 text-danger-ink">
              {error}
            </p>
          )}
        </div>
      ) : (
        <div
          className={cx(
            // Sixteen pixels on a telephone: below that some of them zoom in on the field.
            '[&_textarea]:field-sizing-content [&_textarea]:leading-6 touch:[&_textarea]:text-16',
            tall ? '[&_textarea]:min-h-80' : '[&_textarea]:min-h-36',
            paper && '[&_textarea]:bg-paper! [&_textarea]:text-on-paper!',
          )}
        >
          <Field label={label} error={error} help={help} {...(name && { name })}>
            <Textarea
              ref={text}
              dir="auto"
              value={value}
              placeholder={placeholder}
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={autoFocus}
              onKeyDown={onKeyDown}
              onChange={type}
            />
          </Field>
        </div>
      )}
    </div>
  )
}

type ViewButtonProps = { shown: boolean; label: string; onClick: () => void }

function ViewButton({ shown, label, onClick }: ViewButtonProps) {
  return (
    <Button size="small" variant={shown ? 'secondary' : 'ghost'} aria-pressed={shown} onClick={onClick}>
      {label}
    </Button>
  )
}
