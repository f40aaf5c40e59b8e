import type { Account } from '#contract/identity'

/** Recovery codes help once each: nobody signs in with them every day. */
export function factorsOf({ authenticator, passkeys }: Account): number {
  return (authenticator ? 1 : 0) + passkeys.length
}
