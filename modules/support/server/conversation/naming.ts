/**
 * What a file is called, from what its sender calls it: no folders, no characters that are not seen (one turns the
 * reading around, by which `exe.fdp` reads `pdf.exe`), no more than one reads.
 */
export function plainName(said: string, instead = 'document'): string {
  const [last = ''] = said.normalize('NFC').split(/[/\\]/).slice(-1)
  const seen = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '')
  const [, stem = seen, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/su.exec(seen) ?? []
  return seen === '' ? instead : [...stem].slice(0, 120).join('') + ending
}
