import { Field } from '@base-ui/react/field'
import { Input as Base } from '@base-ui/react/input'
import { Search, X } from 'lucide-react'
import { type ComponentProps, type Ref, useRef } from 'react'
import { cx } from './cx.ts'
import { useMessages } from './messages.tsx'

export const controlClass = cx(
  'w-full min-w-0 rounded-control border border-control bg-surface px-2.5 text-14 text-ink',
  'transition-colors hover:border-ink-muted focus:outline-2 focus:-outline-offset-1 focus:outline-accent',
  'data-invalid:border-danger data-invalid:outline-danger disabled:bg-sunken disabled:text-ink-muted',
)

type InputProps = Omit<ComponentProps<typeof Base>, 'className' | 'onChange'> & {
  onChange?: ((value: string) => void) | undefined
}

/** One line of text. Inside a `Field` it gets its label, help and error by itself. */
export function Input({ onChange, ...rest }: InputProps) {
  return (
    <Base
      className={cx(controlClass, 'h-control read-only:bg-sunken')}
      onValueChange={onChange && ((value) => onChange(value))}
      {...rest}
    />
  )
}

type TextareaProps = Omit<ComponentProps<'textarea'>, 'className' | 'onChange' | 'defaultValue'> & {
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
}

export function Textarea({ onChange, rows = 4, value, defaultValue, ...rest }: TextareaProps) {
  return (
    <Field.Control
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      onValueChange={onChange && ((text) => onChange(text))}
      render={<textarea rows={rows} {...rest} />}
      className={cx(controlClass, 'resize-y py-1.5')}
    />
  )
}

type SearchInputProps = {
  value: string
  onChange: (value: string) => void
  /** Its accessible name and, unless told otherwise, its placeholder. */
  label: string
  placeholder?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** Searches as one types; Escape empties it. */
export function SearchInput({ value, onChange, label, placeholder, ref }: SearchInputProps) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="relative w-full min-w-0 sm:w-72">
      <Search
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint"
      />
      <input
        ref={(element) => {
          input.current = element
          if (typeof ref === 'function') ref(element)
          else if (ref) ref.current = element
        }}
        type="search"
        data-page-search
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.preventDefault()
            onChange('')
          }
        }}
        className={cx(controlClass, 'h-control pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden')}
      />
      {value && (
        <button
          type="button"
          aria-label={t('ui.search.clear')}
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
          className="absolute top-1/2 right-1 flex size-6 -translate-y-1/2 items-center justify-center rounded-small text-ink-muted hover:bg-hover"
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </div>
  )
}
