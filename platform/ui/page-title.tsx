import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { useMessages } from './messages.tsx'

type PageTitle = { title: string | null; setTitle: (title: string | null) => void }

const Context = createContext<PageTitle>({ title: null, setTitle: () => undefined })

export function PageTitleProvider({ children }: { children: ReactNode }) {
  const [title, setTitle] = useState<string | null>(null)
  const value = useMemo(() => ({ title, setTitle }), [title])
  return <Context value={value}>{children}</Context>
}

/** Names the document and the last breadcrumb while the page is shown. */
export function usePageTitle(title: string): void {
  const t = useMessages()
  const { setTitle } = use(Context)
  useEffect(() => {
    document.title = t('ui.document.title', { page: title })
    setTitle(title)
    return () => setTitle(null)
  }, [title, t, setTitle])
}

/** The title the page gave itself, or null until it did. */
export function useShownTitle(): string | null {
  return use(Context).title
}
