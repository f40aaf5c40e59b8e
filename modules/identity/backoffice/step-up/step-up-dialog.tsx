import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useCallback, useEffect } from 'react'
import { getStepUp, stepUp } from '#contract/identity'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { DialogPopup } from '#platform/ui/dialog-popup.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import type { FactorAttempt } from '../factors/attempt.ts'
import { FactorForms } from '../factors/factor-forms.tsx'
import { codeOf, useIsDemonstration } from '../factors/prompted-code.ts'

/** Asks for a second factor above whatever is open; what was being done goes on by itself, or stays as it was. */
export function StepUpDialog({ onEnd }: { onEnd: (shown: boolean) => void }) {
  const t = useMessages()
  const { email } = useSession()
  const demonstration = useIsDemonstration()
  const prompt = useCallback(
    (signal: AbortSignal, onWaiting: () => void) => codeOf(email, signal, onWaiting),
    [email],
  )
  const methods = useFreshMethods()
  const show = useEndpoint(stepUp, {
    onSuccess: () => onEnd(true),
    onError: (error) => {
      // What was asked of the passkey is spent.
      if (error.code === 'passkey_refused') void methods.refetch()
    },
  })
  const attempt: FactorAttempt = {
    send: (body, then) => show.mutate({ body }, then),
    pending: show.isPending,
    error: show.error,
    reset: show.reset,
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps a key from others
    <div onKeyDown={keepEscape(() => onEnd(false))}>
      <DialogPopup
        open
        onOpenChange={(open) => !open && onEnd(false)}
        title={t('identity.step-up')}
        description={t('identity.step-up.help')}
      >
        {methods.data ? (
          <FactorForms
            attempt={attempt}
            methods={methods.data.methods}
            passkey={methods.data.passkey}
            submit={t('identity.step-up.submit')}
            prompt={demonstration ? prompt : undefined}
          />
        ) : methods.error ? (
          <ErrorState error={methods.error} onRetry={methods.refetch} />
        ) : (
          <div className="flex flex-col gap-4">
            <Skeleton width={120} />
            <Skeleton width="100%" height={48} />
            <Skeleton width="100%" height={32} />
          </div>
        )}
      </DialogPopup>
    </div>
  )
}

/** Each opening asks anew: what a passkey is asked for is good once. */
function useFreshMethods() {
  const queries = useQueryClient()
  useEffect(() => () => queries.removeQueries({ queryKey: keyOf(getStepUp) }), [queries])
  return useEndpoint(getStepUp)
}

/** The dialog below would hear the same Escape, and close with what was typed in it. */
function keepEscape(onEscape: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onEscape()
  }
}
