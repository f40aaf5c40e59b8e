import { createContext, type ReactNode, use } from 'react'

/** Who is signed in, as screens need to know it. The app fills it from its own realm's endpoint. */
export type Session = {
  id: string
  name: string
  email: string
  /** Highest level first. */
  roles: readonly string[]
  /** What those are called that people made, by key. */
  roleNames: Readonly<Record<string, string>>
  permissions: ReadonlySet<string>
  /** Those of them held only within limits. */
  limited: ReadonlySet<string>
}

const Context = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>
}

export function useSession(): Session {
  const session = use(Context)
  if (!session) throw new Error('Nobody is signed in above this component')
  return session
}

/**
 * Whether the person may, all of what is asked: what they may not do is not shown.
 *
 * @example const may = useMay(); may('clients.edit') && <Button>…</Button>
 */
export function useMay(): (needed: string | readonly string[] | undefined) => boolean {
  const { permissions } = useSession()
  return (needed = []) => [needed].flat().every((permission) => permissions.has(permission))
}

/**
 * Whether a permission carries the person only within limits: what they see is a part, and is said to be one.
 *
 * @example const isLimited = useIsLimited(); isLimited('clients.read') && …
 */
export function useIsLimited(): (permission: string) => boolean {
  const { limited } = useSession()
  return (permission) => limited.has(permission)
}
