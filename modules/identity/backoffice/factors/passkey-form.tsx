import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { type PasskeyOptions, showPasskey } from '../passkeys.ts'
import type { FactorAttempt } from './attempt.ts'
import { usePasskeySentence } from './passkey-words.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'

type PasskeyFormProps = { attempt: FactorAttempt; options: PasskeyOptions; submit: string }

/** One press, then the browser's own window. */
export function PasskeyForm({ attempt, options, submit }: PasskeyFormProps) {
  const t = useMessages()
  const asking = useMutation({
    mutationFn: () => showPasskey(options),
    onSuccess: (response) => attempt.send({ method: 'passkey', response }),
  })
  const wait = useWait(attempt.error)
  const problem = usePasskeySentence(asking.error)
  const refused = attempt.error && attempt.error.status !== 429 ? sentenceOf(attempt.error, t) : null
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-muted">{t('identity.passkey.help')}</p>
      {wait > 0 && <Wait seconds={wait} />}
      {(problem ?? refused) && <Problem>{problem ?? refused}</Problem>}
      <Button
        variant="primary"
        icon={KeyRound}
        loading={asking.isPending || attempt.pending}
        disabled={wait > 0}
        className="w-full"
        data-autofocus
        // One has just pressed a button to come here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onClick={() => {
          attempt.reset()
          asking.mutate()
        }}
      >
        {submit}
      </Button>
    </div>
  )
}
