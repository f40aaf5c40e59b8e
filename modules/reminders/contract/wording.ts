/** Words that tell of somebody's health: a message lies open on a telephone, and says none of them. */
const clinical = [
  'psys?',
  '\\p{L}*psych\\p{L}*',
  '\\p{L}*therap\\p{L}*',
  'sante mentale',
  'mental\\p{L}*',
  'hypno\\p{L}*',
  'sexolog\\p{L}*',
  'sophrolog\\p{L}*',
  'seances?',
  'depress\\p{L}*',
  'anxi\\p{L}*',
  'angoiss\\p{L}*',
  'suicid\\p{L}*',
  'trauma\\p{L}*',
  'addict\\p{L}*',
  'troubles?',
  'symptom\\p{L}*',
  'diagnos\\p{L}*',
  'traitements?',
  'medicaments?',
  'ordonnances?',
  'malad\\p{L}*',
  'bilans?',
  'hospital\\p{L}*',
  'burn-?out',
  'tcc',
  'emdr',
  'counsell?ing',
  'medication',
]
const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${clinical.join('|')})(?![\\p{L}\\p{N}])`, 'giu')

/**
 * The words of a text that sound like health data, each once and as they were typed: for a hint, not for a refusal.
 * @example clinicalWords('Votre séance de thérapie') // ['séance', 'thérapie']
 */
export function clinicalWords(text: string): string[] {
  // One sign stays one sign, so that places in the bare text are places in what was typed.
  const typed = text.normalize('NFC')
  const bare = [...typed].map((sign) => sign.normalize('NFD')[0] ?? sign).join('')
  const found = [...bare.matchAll(pattern)].map(({ index, 0: word }) =>
    typed.slice(index, index + word.length),
  )
  return [...new Map(found.map((word) => [word.toLowerCase(), word])).values()]
}
