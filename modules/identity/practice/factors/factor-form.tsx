import { useState } from 'react'
import type { MemberFactor } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'
import { CodeForm, type FactorTry } from './code-form.tsx'

type FactorFormProps = { attempt: FactorTry; methods: readonly MemberFactor[] }

/** The code of the app, or one of those that were kept for the day the telephone is gone. */
export function FactorForm({ attempt, methods }: FactorFormProps) {
  const t = useMessages()
  const [chosen, setChosen] = useState<MemberFactor>('totp')
  const other = chosen === 'totp' ? 'recovery_code' : 'totp'
  return (
    <div className="flex flex-col gap-4">
      {chosen === 'totp' ? (
        <CodeForm attempt={attempt} help={t('identity.code.help')} submit={t('identity.code.submit')} />
      ) : (
        <RecoveryCodeForm attempt={attempt} />
      )}
      {methods.includes(other) && (
        <Button
          variant="ghost"
          onClick={() => {
            attempt.reset()
            setChosen(other)
          }}
        >
          {t(`identity.practice.factor.use.${other}`)}
        </Button>
      )}
    </div>
  )
}

/** Stays as typed, so that one letter can be corrected. */
function RecoveryCodeForm({ attempt }: { attempt: FactorTry }) {
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
        {t('identity.code.submit')}
      </Button>
    </form>
  )
}
