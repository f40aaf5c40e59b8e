const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()

/**
 * What is offered while one types a tag: those in use that begin so, then those that hold it, and the words themselves as a new
 * one at the end, unless they are one already.
 */
export function tagsOffered(
  typed: string,
  known: readonly string[],
  has: readonly string[],
  most = 8,
): string[] {
  const wanted = plain(typed)
  if (wanted === '') return []
  const had = new Set(has.map(plain))
  const matching = known.filter((tag) => !had.has(plain(tag)) && plain(tag).includes(wanted))
  const begins = matching.filter((tag) => plain(tag).startsWith(wanted))
  const found = [...new Set([...begins, ...matching])].slice(0, most)
  const isKnown = had.has(wanted) || known.some((tag) => plain(tag) === wanted)
  return isKnown ? found : [...found, typed.trim()]
}
