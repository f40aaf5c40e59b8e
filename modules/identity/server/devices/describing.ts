import Bowser from 'bowser'

export type Described = {
  browser: string | null
  system: string | null
  /** ISO 3166 code; null while no offline table of addresses is good and free enough (docs/decisions). */
  country: string | null
}

/** What a browser says of itself, in the words people know: `Firefox 128`, `Windows`. */
export function describeAgent({ userAgent }: { userAgent: string; ip: string }): Described {
  if (userAgent === '') return { browser: null, system: null, country: null }
  const { browser, os } = Bowser.parse(userAgent)
  const major = browser.version?.split('.')[0]
  return {
    browser: browser.name ? [browser.name, major].filter(Boolean).join(' ') : null,
    system: os.name ?? null,
    country: null,
  }
}
