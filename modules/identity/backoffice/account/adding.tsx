import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { getNewAuthenticator, makeRecoveryCodes } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { wasTurnedDown } from '../factors/passkey-words.ts'
import { AddPasskeyDialog } from './add-passkey-dialog.tsx'
import { AuthenticatorDialog } from './authenticator-dialog.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'

export type Means = 'authenticator' | 'passkey' | 'recovery_codes'

type Opened =
  | { means: 'passkey' }
  | { means: 'authenticator'; offer: OutputOf<typeof getNewAuthenticator> }
  | { means: 'recovery_codes'; codes: readonly string[] }

type Adding = {
  add: (means: Means) => void
  /** What is on its way, once the second factor was asked for. */
  asking: Means | null
  dialogs: ReactNode
}

/** Adds a means of signing in, from wherever the page suggests it. */
export function useAdding(): Adding {
  const t = useMessages()
  const [opened, setOpened] = useState<Opened | null>(null)
  const failed = (error: Error) => {
    if (!wasTurnedDown(error)) notify.failed({ title: sentenceOf(error, t) })
  }
  // Asked when it is wanted, never kept: the answer is a secret.
  const offer = useMutation({
    mutationFn: () => call(getNewAuthenticator),
    onSuccess: (made) => setOpened({ means: 'authenticator', offer: made }),
    onError: failed,
    gcTime: 0,
  })
  const make = useEndpoint(makeRecoveryCodes, {
    onSuccess: ({ codes }) => setOpened({ means: 'recovery_codes', codes }),
    onError: failed,
  })
  const close = () => setOpened(null)
  return {
    add: (means) => {
      if (means === 'passkey') setOpened({ means })
      else if (means === 'authenticator') offer.mutate()
      else make.mutate({})
    },
    asking: offer.isPending ? 'authenticator' : make.isPending ? 'recovery_codes' : null,
    dialogs: (
      <>
        {opened?.means === 'passkey' && <AddPasskeyDialog onClose={close} />}
        {opened?.means === 'authenticator' && <AuthenticatorDialog offer={opened.offer} onClose={close} />}
        {opened?.means === 'recovery_codes' && <RecoveryCodesDialog codes={opened.codes} onClose={close} />}
      </>
    ),
  }
}
