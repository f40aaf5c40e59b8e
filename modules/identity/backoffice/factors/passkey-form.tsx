import { useMessages } from '#platform/ui/messages.tsx'
import { PasskeyAsk } from '#platform/ui/passkey-ask.tsx'
import type { PasskeyOptions } from '#platform/ui/passkeys.ts'
import type { FactorAttempt } from './attempt.ts'
import { usePasskeyWords } from './passkey-words.ts'

type PasskeyFormProps = { attempt: FactorAttempt; options: PasskeyOptions; submit: string }

export function PasskeyForm({ attempt, options, submit }: PasskeyFormProps) {
  const t = useMessages()
  const words = usePasskeyWords()
  return (
    <PasskeyAsk
      options={options}
      attempt={{ ...attempt, send: (response) => attempt.send({ method: 'passkey', response }) }}
      words={{ ...words, help: t('identity.passkey.help'), use: submit }}
    />
  )
}
