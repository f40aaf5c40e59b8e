/** A browser by what it says of itself: « Firefox sur Windows ». Only the families one meets; else as it stands. */
import type { Translate } from '#platform/ui/messages.tsx'

// Each browser also names those it descends from: the first that fits is the right one.
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

export function browserInWords(userAgent: string | null, t: Translate): string | null {
  if (!userAgent) return null
  const [browser, system] = [browsers, systems].map(
    (families) => families.find(([sign]) => sign.test(userAgent))?.[1],
  )
  if (browser && system) return t('audit.entry.browser', { browser, system })
  return browser ?? userAgent.slice(0, 60)
}
