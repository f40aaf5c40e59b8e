import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { useMessages } from './messages.tsx'

type PageTitle = {
  title: string | null
  setTitle: (title: string | null) => void
  /** Stands before every page's title in the browser's own list of tabs. */
  prefix: string | null
  setPrefix: (prefix: string | null) => void
}

const Context = createContext<PageTitle>({
  title: null,
  setTitle: () => undefined,
  prefix: null,
  setPrefix: () => undefined,
})

export function PageTitleProvider({ children }: { children: ReactNode }) {
  const [title, setTitle] = useState<string | null>(null)
  const [prefix, setPrefix] = useState<string | null>(null)
  const value = useMemo(() => ({ title, setTitle, prefix, setPrefix }), [title, prefix])
  return <Context value={value}>{children}</Context>
}

/** Names the document and the last breadcrumb while the page is shown. */
export function usePageTitle(title: string): void {
  const t = useMessages()
  const { setTitle, prefix } = use(Context)
  useEffect(() => {
    const said = t('ui.document.title', { page: title })
    document.title = prefix === null ? said : `${prefix} · ${said}`
  }, [title, t, prefix])
  useEffect(() => {
    setTitle(title)
    return () => setTitle(null)
  }, [title, setTitle])
}

/** Says before each page's title what is out of the ordinary: that one works in somebody else's name. */
export function useTitlePrefix(prefix: string): void {
  const { setPrefix } = use(Context)
  useEffect(() => {
    setPrefix(prefix)
    return () => setPrefix(null)
  }, [prefix, setPrefix])
}

/** The title the page gave itself, or null until it did. */
export function useShownTitle(): string | null {
  return use(Context).title
}
