import type { ReactNode } from 'react'
import { part, Wanted } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import { useIsOver } from './tab.ts'

const page = part(() =>
  withWords(
    ['impersonation'],
    import('./over-page.tsx').then((module) => module.OverPage),
  ),
)

/** Instead of any page, once it is over. */
export function UnlessOver({ children }: { children: ReactNode }) {
  return useIsOver() ? (
    <Wanted part={page} when give={{}} onFailed={() => setTimeout(() => location.reload(), 2_000)} />
  ) : (
    children
  )
}
