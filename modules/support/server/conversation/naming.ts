/**
 * What a file is called, from what its sender calls it: no folders, no characters that are not seen (one turns the
 * reading around, by which `exe.fdp` reads `pdf.exe`), no more than one reads.
 */
export function plainName(said: string, instead = 'document'): string {
  const last = said.slice(Math.max(said.lastIndexOf('/'), said.lastIndexOf('\\')) + 1)
  const bounded = last.length > mostLooked ? last.slice(0, mostLooked - 100) + last.slice(-100) : last
  const spaced = bounded
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/ {2,}/g, ' ')
  const seen = withoutDotsAround(spaced)
  const [, stem = seen, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/su.exec(seen) ?? []
  return seen === '' ? instead : [...stem].slice(0, 120).join('') + ending
}

/** Of a longer one its beginning and its ending: whatever it is made of, looking at it costs nothing. */
const mostLooked = 1_000

function withoutDotsAround(name: string): string {
  let [from, to] = [0, name.length]
  while (from < to && isDot(name[from])) from++
  while (to > from && isDot(name[to - 1])) to--
  return name.slice(from, to)
}

const isDot = (letter: string | undefined) => letter === ' ' || letter === '.'
