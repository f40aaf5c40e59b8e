import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { ApiError } from './api-error.ts'
import { Button } from './button.tsx'
import { sentenceOf } from './errors.ts'
import { useMessages } from './messages.tsx'
import { type PasskeyWords, sentenceOfPasskey } from './passkey-words.ts'
import { type PasskeyAnswer, type PasskeyOptions, showPasskey } from './passkeys.ts'
import { Problem } from './problem.tsx'
import { useWait, Wait } from './waiting.tsx'

type PasskeyAskProps = {
  options: PasskeyOptions
  /** How the answer is sent, and what came of it. */
  attempt: {
    send: (response: PasskeyAnswer) => void
    pending: boolean
    error: ApiError | null
    reset: () => void
  }
  words: PasskeyWords & {
    help: string
    /** The button's verb. */
    use: string
  }
}

/** One press, then the browser's own window. */
export function PasskeyAsk({ options, attempt, words }: PasskeyAskProps) {
  const t = useMessages()
  const asking = useMutation({ mutationFn: () => showPasskey(options), onSuccess: attempt.send })
  const wait = useWait(attempt.error)
  const refused = attempt.error && attempt.error.status !== 429 ? sentenceOf(attempt.error, t) : null
  const problem = sentenceOfPasskey(asking.error, words, t) ?? refused
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-muted">{words.help}</p>
      {wait > 0 && <Wait seconds={wait} />}
      {problem && <Problem>{problem}</Problem>}
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
        {words.use}
      </Button>
    </div>
  )
}
