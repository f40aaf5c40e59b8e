import Bowser from 'bowser'

export type Described = {
  /** `Firefox 140`; null for what names itself otherwise or not at all. */
  browser: string | null
  /** `Windows`, `macOS`, `Android`. */
  system: string | null
  /** ISO 3166 code; always null, for the reasons of decision 14. */
  country: string | null
}

/** Where something came from, in words people know. A browser says of itself what it likes: a hint, no proof. */
export function describe({ userAgent }: { userAgent: string; ip: string }): Described {
  if (userAgent === '') return { browser: null, system: null, country: null }
  const { browser, os } = Bowser.parse(userAgent)
  const [major] = (browser.version ?? '').split('.')
  return {
    browser: browser.name ? [browser.name, major].filter(Boolean).join(' ') : null,
    system: os.name ?? null,
    country: null,
  }
}
