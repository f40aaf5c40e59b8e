// The words of a search as PostgreSQL's plain_text() writes them (db/central/0001_foundation.sql), said again here so that a
// search needs no question before the question. A test compares both over every Latin letter.

/** Letters that are no accented letter but another one, or two (the rules of PostgreSQL's unaccent). */
const otherLetters: Record<string, string> = {
  ª: 'a',
  º: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ĳ: 'ij',
  ĸ: 'q',
  ŀ: 'l',
  ŉ: ' n',
  ŋ: 'n',
  ŧ: 't',
  ſ: 's',
}
const otherLetter = new RegExp(`[${Object.keys(otherLetters).join('')}]`, 'g')

/** "D’Aubigné" gives "d aubigne": lower case, no accents, one space where nothing else but `@._+-` may stand. */
export function plainText(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll(otherLetter, (letter) => otherLetters[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[^a-z0-9@._+-]+/g, ' ')
    .trim()
}
