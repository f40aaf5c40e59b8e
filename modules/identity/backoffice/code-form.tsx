import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Me, verifySecondFactor } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { CodeInput } from '#platform/ui/code-input.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useWait, Wait } from './waiting.tsx'

type Prompt = (signal: AbortSignal, onWaiting: () => void) => Promise<string | null>

type CodeFormProps = {
  label: string
  help: string
  submit: string
  /** Brings the code by itself (demonstration only); asked once more when its code had just been used. */
  prompt?: Prompt | undefined
  onDone: (me: Me) => void
  /** The time for the second step is over: back to the first, with the sentence that says so. */
  onExpired: (sentence: string) => void
  onBack: () => void
  children?: ReactNode
}

/** The second step: six digits, sent as soon as the last one stands. */
export function CodeForm({
  label,
  help,
  submit,
  prompt,
  onDone,
  onExpired,
  onBack,
  children,
}: CodeFormProps) {
  const t = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const attempt = useEndpoint(verifySecondFactor, {
    onSuccess: ({ me }) => onDone(me),
    onError: (error) => {
      if (error.code === 'sign_in_expired') onExpired(error.message)
      setCode('')
      input.current?.focus()
    },
  })
  const wait = useWait(attempt.error)
  const send = (digits: string) => {
    if (attempt.isPending || wait > 0) return
    setMissing(digits.length < 6)
    if (digits.length === 6) attempt.mutate({ body: { method: 'totp', code: digits } })
    else input.current?.focus()
  }

  const [round, setRound] = useState(0)
  const [coming, setComing] = useState(false)
  const retried = useRef(false)
  const prompted = useEffectEvent((digits: string) => {
    setComing(false)
    setCode(digits)
    send(digits)
  })
  useEffect(() => {
    if (!prompt) return
    const aborter = new AbortController()
    prompt(aborter.signal, () => setComing(true)).then(
      (digits) => digits && !aborter.signal.aborted && prompted(digits),
      () => undefined, // without a prompt the code is typed
    )
    return () => aborter.abort()
  }, [prompt, round])
  useEffect(() => {
    if (!prompt || attempt.error?.code !== 'code_already_used' || retried.current) return
    retried.current = true
    setRound((before) => before + 1)
  }, [prompt, attempt.error])

  const problem =
    attempt.error && attempt.error.status !== 429 && code === ''
      ? (ownSentence(attempt.error) ?? sentenceOf(attempt.error, t))
      : undefined
  return (
    <form
      noValidate
      aria-busy={attempt.isPending}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        send(code)
      }}
    >
      {children}
      {wait > 0 && <Wait seconds={wait} />}
      <Field
        label={label}
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
          readOnly={attempt.isPending}
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      </Field>
      <div className="mt-1 flex flex-col gap-2">
        <Button
          type="submit"
          variant="primary"
          loading={attempt.isPending}
          disabled={wait > 0}
          className="w-full"
        >
          {submit}
        </Button>
        <Button variant="ghost" onClick={onBack} className="w-full">
          {t('identity.back')}
        </Button>
      </div>
    </form>
  )
}

/** The word on the field itself says more than "some information is to be corrected". */
function ownSentence(error: ApiError): string | undefined {
  return error.fields.find((field) => field.path === 'code')?.message
}
