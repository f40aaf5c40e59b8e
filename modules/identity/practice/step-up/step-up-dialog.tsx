import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { type Factor, getMemberStepUp, stepUpMember } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { DialogPopup } from '#platform/ui/dialog-popup.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PasskeyAsk } from '#platform/ui/passkey-ask.tsx'
import { type PasskeyOptions, passkeysWork } from '#platform/ui/passkeys.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import type { StepUpDialogProps } from '#platform/ui/step-up-gate.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'
import { usePasskeyWords } from '../factors/passkey-words.ts'
import { showable } from '../factors/showable.ts'

/** Asks for a passkey, or the password and the second factor where there is one, above whatever is open; what was being done goes on by itself. */
export function StepUpDialog({ onEnd }: StepUpDialogProps) {
  const t = useMessages()
  const held = useFreshMethods()
  const [byPassword, setByPassword] = useState(false)
  const done = () => onEnd(true)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps a key from others
    <div onKeyDown={keepEscape(() => onEnd(false))}>
      <DialogPopup
        open
        onOpenChange={(open) => !open && onEnd(false)}
        title={t('identity.step-up')}
        description={t('identity.practice.step-up.help')}
      >
        {held.data?.passkey && passkeysWork() && !byPassword ? (
          <ByPasskey
            options={held.data.passkey}
            onDone={done}
            onRefused={held.refetch}
            onOther={() => setByPassword(true)}
          />
        ) : held.data ? (
          <StepUpForm
            // A passkey stands for both: beside the password only the others are asked for.
            methods={showable(held.data.methods, null)}
            onDone={done}
            onPasskey={held.data.passkey && passkeysWork() ? () => setByPassword(false) : null}
          />
        ) : held.error ? (
          <ErrorState error={held.error} onRetry={held.refetch} />
        ) : (
          <Skeleton width="100%" height={64} />
        )}
      </DialogPopup>
    </div>
  )
}

/** Each opening asks anew: what a passkey is asked for is good once. */
function useFreshMethods() {
  const queries = useQueryClient()
  useEffect(() => () => queries.removeQueries({ queryKey: keyOf(getMemberStepUp) }), [queries])
  return useEndpoint(getMemberStepUp)
}

type ByPasskeyProps = {
  options: PasskeyOptions
  onDone: () => void
  /** What was asked of the passkey is spent. */
  onRefused: () => void
  onOther: () => void
}

function ByPasskey({ options, onDone, onRefused, onOther }: ByPasskeyProps) {
  const t = useMessages()
  const show = useEndpoint(stepUpMember, {
    onSuccess: onDone,
    onError: (error) => error.code === 'passkey_refused' && onRefused(),
  })
  return (
    <div className="flex flex-col gap-3">
      <PasskeyAsk
        options={options}
        attempt={{
          send: (response) =>
            show.mutate({ body: { password: null, factor: { method: 'passkey', response } } }),
          pending: show.isPending,
          error: show.error,
          reset: show.reset,
        }}
        words={usePasskeyWords()}
      />
      <Button variant="ghost" onClick={onOther}>
        {t('identity.practice.step-up.password')}
      </Button>
    </div>
  )
}

type StepUpFormProps = {
  methods: readonly Factor[]
  onDone: () => void
  /** Back to the passkey, where there is one. */
  onPasskey: (() => void) | null
}

function StepUpForm({ methods, onDone, onPasskey }: StepUpFormProps) {
  const t = useMessages()
  const { email } = useSession()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [chosen, setChosen] = useState<Factor | null>(null)
  const show = useEndpoint(stepUpMember, { onSuccess: onDone })
  const wait = useWait(show.error)
  // Whoever has passkeys alone shows a code kept beside it.
  const method = (chosen ?? methods[0]) === 'totp' ? 'totp' : 'recovery_code'
  const asksFactor = methods.length > 0
  const other = method === 'totp' ? 'recovery_code' : 'totp'
  const isReady = password !== '' && (!asksFactor || code.trim() !== '') && wait === 0
  const refused = show.error && show.error.status !== 429 ? show.error : null
  return (
    <form
      noValidate
      aria-busy={show.isPending}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady || show.isPending) return
        show.mutate(
          { body: { password, factor: asksFactor ? { method, code } : null } },
          { onError: () => setCode('') },
        )
      }}
    >
      {wait > 0 && <Wait seconds={wait} />}
      {refused && <Problem>{refused.fields[0]?.message ?? sentenceOf(refused, t)}</Problem>}
      {/* For password managers, which look for whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={t('identity.practice.password')} name="step-up-password">
        <Input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      </Field>
      {asksFactor && (
        <Field
          label={t(method === 'totp' ? 'identity.code' : 'identity.recovery-code')}
          name="step-up-code"
          help={t(method === 'totp' ? 'identity.code.help' : 'identity.recovery-code.help')}
        >
          <Input
            value={code}
            onChange={setCode}
            maxLength={40}
            inputMode={method === 'totp' ? 'numeric' : 'text'}
            autoComplete={method === 'totp' ? 'one-time-code' : 'off'}
            spellCheck={false}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {onPasskey && (
          <Button variant="ghost" onClick={onPasskey}>
            {t('identity.practice.factor.use.passkey')}
          </Button>
        )}
        {methods.includes(other) && (
          <Button
            variant="ghost"
            onClick={() => {
              setCode('')
              setChosen(other)
            }}
          >
            {t(`identity.practice.factor.use.${other}`)}
          </Button>
        )}
        <Button type="submit" variant="primary" loading={show.isPending} disabled={!isReady}>
          {t('identity.step-up.submit')}
        </Button>
      </div>
    </form>
  )
}

/** The dialog below would hear the same Escape, and close with what was typed in it. */
function keepEscape(onEscape: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onEscape()
  }
}
