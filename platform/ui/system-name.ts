/** What this device is called by its makers, as a first name for a passkey; null when the browser does not tell. */
export function systemName(userAgent: string): string | null {
  return systems.find(([sign]) => sign.test(userAgent))?.[1] ?? null
}

// The first that fits: an iPad says Mac, and Android says Linux.
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]
