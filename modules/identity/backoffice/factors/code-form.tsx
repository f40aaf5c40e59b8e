import { type ReactNode, useRef, useState } from 'react'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { CodeInput } from '#platform/ui/code-input.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { CodePrompt, FactorAttempt } from './attempt.ts'
import { usePrompt } from './prompted-code.ts'
import { useWait, Wait } from '#platform/ui/waiting.tsx'

type CodeFormProps = {
  attempt: FactorAttempt
  help: string
  submit: string
  /** What a wrong code is told, where the usual sentence would speak of what one has not got yet. */
  wrong?: string | undefined
  /** Asked once more when its code had just been used. */
  prompt?: CodePrompt | undefined
  /** False where there is much to do before typing. */
  atOnce?: boolean | undefined
  children?: ReactNode
}

/** Six digits, sent as soon as the last one stands. */
export function CodeForm({ attempt, help, submit, wrong, prompt, atOnce = true, children }: CodeFormProps) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const { error } = attempt
  const wait = useWait(error)

  const send = (digits: string) => {
    if (attempt.pending || wait > 0) return
    setMissing(digits.length < 6)
    if (digits.length === 6) attempt.send({ method: 'totp', code: digits }, { onError: refused })
    else input.current?.focus()
  }
  const refused = () => {
    setCode('')
    input.current?.focus()
  }
  const coming = usePrompt(prompt, error, (digits) => {
    setCode(digits)
    send(digits)
  })

  const problem = error && error.status !== 429 && code === '' ? ownSentence(error) : undefined
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
        help={coming ? t('identity.code.coming') : help}
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

  /** The word on the field itself says more than "some information is to be corrected". */
  function ownSentence(refusal: ApiError): string {
    if (wrong && refusal.code === 'code_wrong') return wrong
    return refusal.fields.find((field) => field.path === 'code')?.message ?? sentenceOf(refusal, t)
  }
}
