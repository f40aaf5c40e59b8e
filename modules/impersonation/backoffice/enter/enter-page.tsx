/** Between the two hosts: the browser comes back with what names its half, and leaves again with the key. */
import { useState } from 'react'
import { StepUp } from '#backoffice/identity'
import { getSession } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { SessionProvider } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { HandOver } from './hand-over.tsx'
import { takeHalf } from './half.ts'
import { NotOpened } from './not-opened.tsx'
import { Opening } from './opening.tsx'

export function EnterPage() {
  const id = usePathParam('id')
  const [half] = useState(takeHalf)
  const { data: me, error, refetch } = useEndpoint(getSession)
  return (
    <main className="mx-auto w-full max-w-96 px-gutter pt-[14dvh] pb-24">
      {half === null ? (
        <NotOpened id={id} reason="lost" />
      ) : me ? (
        <SessionProvider
          session={{
            ...me,
            id: me.staffId,
            permissions: new Set(me.permissions),
            limited: new Set(me.limited),
          }}
        >
          <HandOver id={id} half={half} />
          <StepUp />
        </SessionProvider>
      ) : error && error.code !== 'signed_out' ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Opening />
      )}
    </main>
  )
}
