import { useEffect, useState } from 'react'

/** The leaf's hash in the tree, computed here from its bytes (RFC 6962, 2.1); null until it is. */
export function useLeafHash(leaf: string): string | null {
  const [hash, setHash] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    void leafHash(leaf).then((made) => current && setHash(made))
    return () => {
      current = false
    }
  }, [leaf])
  return hash
}

async function leafHash(leaf: string): Promise<string | null> {
  // Browsers hash only on a trustworthy origin.
  if (!globalThis.crypto?.subtle) return null
  const bytes = new TextEncoder().encode(leaf)
  const prefixed = new Uint8Array([0, ...bytes])
  const digest = await crypto.subtle.digest('SHA-256', prefixed)
  return new Uint8Array(digest).toBase64()
}
