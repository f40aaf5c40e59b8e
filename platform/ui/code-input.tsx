import { Input as Base } from '@base-ui/react/input'
import type { Ref } from 'react'
import { controlClass } from './input.tsx'
import { cx } from './cx.ts'

type CodeInputProps = {
  value: string
  onChange: (digits: string) => void
  /** Told once the sixth digit stands: nobody has to press a button. */
  onComplete: (digits: string) => void
  name?: string | undefined
  readOnly?: boolean | undefined
  autoFocus?: boolean | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

const LENGTH = 6

/**
 * The six digits of an authenticator in one field, so that they can be pasted, read out by the browser or filled
 * by a password manager; spaces and other marks that come along are dropped.
 */
export function CodeInput({ value, onChange, onComplete, ref, ...rest }: CodeInputProps) {
  return (
    <Base
      ref={ref}
      value={value}
      onValueChange={(typed) => {
        const digits = typed.replaceAll(/\D/g, '').slice(0, LENGTH)
        onChange(digits)
        if (digits.length === LENGTH && digits !== value) onComplete(digits)
      }}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="go"
      className={cx(controlClass, 'h-12 text-center text-20! font-medium tracking-[0.4em] tabular-nums')}
      {...rest}
    />
  )
}
