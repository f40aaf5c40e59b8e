// Telephone numbers to E.164 (ITU-T), where the number tells enough. France's national plan: decision ARCEP 2018-0881,
// annex: overseas numbers look like metropolitan ones but have country codes of their own.

const overseas: [prefix: RegExp, countryCode: string][] = [
  [/^0(?:590|690|691)/, '590'], // Guadeloupe, Saint-Martin, Saint-Barthélemy
  [/^0(?:594|694)/, '594'], // Guyane
  [/^0(?:596|696|697)/, '596'], // Martinique
  [/^0(?:262|263|692|693)/, '262'], // La Réunion
  [/^0(?:269|639(?!98))/, '262'], // Mayotte; 06 39 98 is reserved for fiction and metropolitan
  [/^0508/, '508'], // Saint-Pierre-et-Miquelon
]

/** "03.53.01.75.23" gives "+33353017523". A number that cannot be placed is kept as it was written. */
export function normalisePhone(written: string): string {
  const compact = written
    .replaceAll(/[\s.\-/]/g, '')
    .replace(/^00/, '+')
    .replace(/^(\+\d{2,3})\(0\)/, '$1')
  if (/^0[1-9]\d{8}$/.test(compact)) {
    const country = overseas.find(([prefix]) => prefix.test(compact))?.[1] ?? '33'
    return `+${country}${compact.slice(1)}`
  }
  if (compact.startsWith('+33')) {
    const national = /^\+330?([1-9]\d{8})$/.exec(compact)
    return national ? `+33${national[1]}` : written
  }
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : written
}

/**
 * « 06 39 98 12 34 » for a number of metropolitan France, with plain spaces; others stay in their international form, and so
 * does one that would be taken for an overseas number when it is read again.
 */
export function phoneByPairs(phone: string): string {
  const national = `0${/^\+33(\d{9})$/.exec(phone)?.[1]}`
  return normalisePhone(national) === phone ? national.replaceAll(/(\d{2})(?=\d)/g, '$1 ') : phone
}

/** As one reads it: a French number by pairs, whatever cannot be placed as it was written. */
export function phoneShown(written: string): string {
  return phoneByPairs(normalisePhone(written))
}

/** For a `tel:` link: digits and a leading plus, however it was written. */
export function phoneDialled(written: string): string {
  return normalisePhone(written).replaceAll(/(?!^\+)\D/g, '')
}
