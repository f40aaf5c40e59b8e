import { useEffect, useState } from 'react'

/**
 * The token of a mailed link. It stands behind the `#`, which no server is ever told, and is taken out of the address
 * bar at once: histories, screenshots and shared screens hold no key to an account.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState(() => tokenIn(location.hash))
  useEffect(() => {
    const take = () => {
      const found = tokenIn(location.hash)
      if (!found) return
      setToken(found)
      history.replaceState(history.state, '', location.pathname + location.search)
    }
    take()
    // Another link, pasted into the same tab.
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])
  return token
}

export function tokenIn(hash: string): string | null {
  return hash.replace(/^#/, '').trim() || null
}
