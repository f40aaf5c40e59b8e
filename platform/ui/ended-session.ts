/**
 * Whether this tab's session ended without its person ending it (revoked, suspended, another password, too old), which
 * the sign-in page then says. Kept for the tab alone, so that a reload of the page finds it too.
 */
const key = 'session'

/** Somebody is signed in on this tab. */
export function noteSession(): void {
  sessionStorage.setItem(key, 'open')
}

/** The server knows the session no more; nothing, where there was none. */
export function noteSessionEnded(): void {
  if (sessionStorage.getItem(key)) sessionStorage.setItem(key, 'ended')
}

/** Its person leaves. */
export function forgetSession(): void {
  sessionStorage.removeItem(key)
}

export function sessionEnded(): boolean {
  return sessionStorage.getItem(key) === 'ended'
}
