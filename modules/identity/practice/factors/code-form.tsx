import { type ReactNode, useRef, useState } from 'react'
import type { ShownFactor } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { CodeInput } from '#platform/ui/code-input.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'

/** A try to show a factor: how it is sent, and what came of it. */
export type FactorTry = {
  send: (shown: ShownFactor, then?: { onError: () => void }) => void
  pending: boolean
  error: ApiError | null
  reset: () => void
}

type CodeFormProps = {
  attempt: FactorTry
  help: string
  submit: string
  /** False where there is much to do before typing. */
  atOnce?: boolean
  children?: ReactNode
}

/** Six digits, sent as soon as the last one stands. */
export function CodeForm({ attempt, help, submit, atOnce = true, children }: CodeFormProps) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const { error } = attempt
  const wait = useWait(error)
  const send = (digits: string) => {
    if (attempt.pending || wait > 0) return
    setMissing(digits.length < 6)
    if (digits.length === 6) attempt.send({ method: 'totp', code: digits }, { onError: again })
    else input.current?.focus()
  }
  const again = () => {
    setCode('')
    input.current?.focus()
  }
  const problem = error && error.status !== 429 && code === '' ? sentenceOf(error, t) : undefined
  return (
    <form
      noValidate
      aria-busy={attempt.pending}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        send(code)
      }}
    >
      {children}
      {wait > 0 && <Wait seconds={wait} />}
      <Field
        label={t('identity.code')}
        name="code"
        help={help}
        error={missing ? t('identity.code.missing') : problem}
      >
        <CodeInput
          ref={input}
          name="code"
          value={code}
          onChange={(digits) => {
            setMissing(false)
            setCode(digits)
          }}
          onComplete={send}
          readOnly={attempt.pending}
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={atOnce}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        loading={attempt.pending}
        disabled={wait > 0}
        className="w-full"
      >
        {submit}
      </Button>
    </form>
  )
}
