const signIn = '/sign-in'

/** Where a person whose session ended signs in, keeping where they wanted to go; null if there already. */
export function signInAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string | null {
  if (pathname === signIn) return null
  const wanted = pathname + search
  return wanted === '/' ? signIn : `${signIn}?${new URLSearchParams({ next: wanted })}`
}
