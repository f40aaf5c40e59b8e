import { Check, Eye, EyeOff } from 'lucide-react'
import { type Ref, useState } from 'react'
import { Field } from './field.tsx'
import { IconButton } from './icon-button.tsx'
import { Input } from './input.tsx'
import { useMessages } from './messages.tsx'
import { leastLength, lengthOf } from './new-password-length.ts'

type NewPasswordFieldProps = {
  value: string
  onChange: (password: string) => void
  error?: string | undefined
  autoFocus?: boolean | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** A password that is chosen: counted as it is typed, shown when asked, open to pasting and password managers. */
export function NewPasswordField({ value, onChange, error, autoFocus, ref }: NewPasswordFieldProps) {
  const t = useMessages()
  const [shown, setShown] = useState(false)
  const length = lengthOf(value)
  return (
    <Field
      label={t('ui.new-password')}
      name="password"
      error={error}
      help={
        <>
          <span className="flex items-center gap-1 tabular-nums">
            {length >= leastLength && <Check aria-hidden size={12} className="text-success" />}
            {length >= leastLength
              ? t('ui.new-password.count', { count: length })
              : t('ui.new-password.left', { count: leastLength - length, typed: length })}
          </span>
          {t('ui.new-password.help')}
        </>
      }
    >
      <div className="relative">
        <Input
          ref={ref}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={1000}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- where the page's one purpose begins here
          autoFocus={autoFocus}
          value={value}
          onChange={onChange}
          style={{ paddingRight: 40 }}
        />
        <div className="absolute inset-y-0 right-0.5 flex items-center">
          <IconButton
            icon={shown ? EyeOff : Eye}
            size="small"
            label={t(shown ? 'ui.new-password.hide' : 'ui.new-password.show')}
            onClick={() => setShown(!shown)}
          />
        </div>
      </div>
    </Field>
  )
}
