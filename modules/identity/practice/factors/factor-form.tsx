import { useState } from 'react'
import type { Factor } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PasskeyAsk } from '#platform/ui/passkey-ask.tsx'
import type { PasskeyOptions } from '#platform/ui/passkeys.ts'
import { useWait, Wait } from '#platform/ui/waiting.tsx'
import { CodeForm, type FactorTry } from './code-form.tsx'
import { usePasskeyWords } from './passkey-words.ts'
import { showable } from './showable.ts'

type FactorFormProps = { attempt: FactorTry; methods: readonly Factor[]; passkey: PasskeyOptions | null }

/** The strongest factor held, and the way to the others: a passkey, the code of the app, or one kept for the day both are gone. */
export function FactorForm({ attempt, methods, passkey }: FactorFormProps) {
  const t = useMessages()
  const words = usePasskeyWords()
  const [wanted, setWanted] = useState<Factor | null>(null)
  const usable = showable(methods, passkey)
  const chosen = wanted ?? usable[0]
  return (
    <div className="flex flex-col gap-4">
      {chosen === 'passkey' && passkey && (
        <PasskeyAsk
          options={passkey}
          attempt={{ ...attempt, send: (response) => attempt.send({ method: 'passkey', response }) }}
          words={words}
        />
      )}
      {chosen === 'totp' && (
        <CodeForm attempt={attempt} help={t('identity.code.help')} submit={t('identity.code.submit')} />
      )}
      {chosen === 'recovery_code' && <RecoveryCodeForm attempt={attempt} />}
      {chosen === undefined && <p className="text-13 text-ink-muted">{t('identity.factor.none-here')}</p>}
      {usable
        .filter((one) => one !== chosen)
        .map((other) => (
          <Button
            key={other}
            variant="ghost"
            onClick={() => {
              attempt.reset()
              setWanted(other)
            }}
          >
            {t(`identity.practice.factor.use.${other}`)}
          </Button>
        ))}
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
