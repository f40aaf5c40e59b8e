/**
 * Where to go after sign-in: the page asked for before it, when that is a page of this app. Anything that
 * a browser would resolve to another origin is left out, or the sign-in page could send people anywhere.
 */
export function wantedPage(asked: string | null | undefined, origin: string): string {
  // A browser strips tabs and line breaks from an address and reads a backslash as a slash.
  if (!asked?.startsWith('/') || hasTricks(asked)) return '/'
  const url = URL.parse(asked, origin)
  if (!url || url.origin !== origin || url.pathname === '/sign-in') return '/'
  // `/..//elsewhere` stays here as an address, and would leave as a path.
  if (url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}

function hasTricks(address: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /[\\\u0000-\u001F\u007F]/.test(address)
}
