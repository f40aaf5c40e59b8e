import { useState } from 'react'
import { createPortal } from 'react-dom'
import type { MemberMe } from '#contract/identity'
import { part, Wanted } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'

const banner = part(() =>
  withWords(
    ['impersonation'],
    import('./banner.tsx').then((module) => module.Banner),
  ),
)

/**
 * Whose work it is, on every page: a band above it and a frame round the window. Its room is kept while its words come,
 * which are no part of what a member loads.
 */
export function ImpersonationFrame({ me }: { me: MemberMe }) {
  const [tries, setTries] = useState(0)
  const { impersonation } = me
  if (!impersonation) return null
  return (
    <>
      <div className="h-19 bg-danger text-on-danger sm:h-11">
        <Wanted
          key={tries}
          part={banner}
          when
          give={{ me, impersonation }}
          otherwise={<p className="truncate px-gutter py-3 text-13 font-semibold">{impersonation.actor}</p>}
          onFailed={() => setTimeout(() => setTries(tries + 1), 2_000)}
        />
      </div>
      {/* Above all there is, dialogs and the menu under the thumb included. */}
      {createPortal(
        <div aria-hidden className="pointer-events-none fixed inset-0 z-50 border-4 border-danger" />,
        document.body,
      )}
    </>
  )
}
