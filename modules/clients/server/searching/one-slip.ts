const letters = 'abcdefghijklmnopqrstuvwxyz'

/**
 * Every word one slip of the keyboard away from this one: a letter missing, added, wrong, or two neighbours swapped
 * (Damerau 1964, who found more than 80 % of misspellings among these four). About 54 words a letter, itself included.
 */
export function oneSlipAway(word: string): string[] {
  const found = new Set<string>()
  for (let at = 0; at <= word.length; at++) {
    const before = word.slice(0, at)
    const after = word.slice(at)
    for (const letter of letters) {
      found.add(before + letter + after)
      if (after !== '') found.add(before + letter + after.slice(1))
    }
    if (after !== '') found.add(before + after.slice(1))
    if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2)) // both letters exist
  }
  return [...found]
}
