import type { ReactNode } from 'react'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Around what is said before and after: nothing of the practice is on it. */
export function Bare({ children }: { children: ReactNode }) {
  const t = useMessages()
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center gap-2.5 px-gutter py-3">
        <Mark />
        <p className="text-14 font-semibold">{t('ui.product')}</p>
      </header>
      <main className="mx-auto w-full max-w-md flex-1 px-gutter pt-6 pb-24 sm:pt-[12dvh]">{children}</main>
    </div>
  )
}
