import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { FactorAttempt } from './attempt.ts'
import { useWait, Wait } from '#platform/ui/waiting.tsx'

type RecoveryCodeFormProps = { attempt: FactorAttempt; submit: string }

/** One of the ten codes kept for the day the telephone is gone; stays as typed, so that one letter can be corrected. */
export function RecoveryCodeForm({ attempt, submit }: RecoveryCodeFormProps) {
  const t = useMessages()
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const wait = useWait(attempt.error)
  const refused = attempt.error && attempt.error.status !== 429 ? sentenceOf(attempt.error, t) : undefined
  return (
    <form
      noValidate
      aria-busy={attempt.pending}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (attempt.pending || wait > 0) return
        setMissing(!code.trim())
        if (code.trim()) attempt.send({ method: 'recovery_code', code })
      }}
    >
      {wait > 0 && <Wait seconds={wait} />}
      <Field
        label={t('identity.recovery-code')}
        name="recovery-code"
        help={t('identity.recovery-code.help')}
        error={missing ? t('identity.recovery-code.missing') : refused}
      >
        <Input
          value={code}
          onChange={(typed) => {
            setMissing(false)
            setCode(typed)
          }}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
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
