/** What is read on paper, whatever it was typed with: letters and digits in capitals, and gaps where anything else stands. */

/** `S` and `5` are told apart by nobody who types them over. */
export const digitLike: ReadonlyMap<string, string> = new Map(
  Object.entries({ O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }),
)

export const looks = [...digitLike.keys()].join('')

/** A gap within a line of signs is a space; a comma, a bracket or the end of a line parts more. */
export function signsOf(text: string): string {
  let written = ''
  for (const sign of withoutMarkup(text).normalize('NFKD').toUpperCase()) {
    if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z')) written += sign
    else if (sign === ' ') written += ' '
    else if (/\p{Nd}/u.test(sign)) written += digitOf(sign)
    else if (alike.has(sign)) written += alike.get(sign)
    // Accents, keycaps, and what takes no width.
    else if (/[\p{M}\p{Cf}\u115F\u1160\u3164\uFFA0]/u.test(sign)) continue
    else written += /[,;:()!?[\]{}"«»\n\r\u2028\u2029]/u.test(sign) ? '\n' : ' '
  }
  return written
}

/** `&nbsp;` and `&#51;`, as whoever copies from a page brings them along. */
const withoutMarkup = (text: string) =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,30}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return /^(shy|zw|nobreak|lrm|rlm)/i.test(String(name)) ? '' : ' '
    const codePoint = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : String(whole)
  })

/** Decimal digits stand in tens, each script's zero first (Unicode, Nd). */
function digitOf(sign: string): number {
  const codePoint = sign.codePointAt(0) ?? 0
  let zero = codePoint
  while (zero > codePoint - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return codePoint - zero
}

/** A row of signs that follow each other, by the first: what each of them shows. */
const row = (first: number, shown: readonly (string | number)[]): [string, string][] =>
  shown.map((one, at) => [String.fromCodePoint(first + at), String(one)])
const upTo = (from: number, until: number) => Array.from({ length: until - from + 1 }, (_, at) => from + at)
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Letters of other scripts that look like ours on paper, and enclosed forms that Unicode takes for no digits and letters. */
const alike = new Map<string, string>([
  ...[
    ...'АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGԚQԜWҮYՍUՏSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓥAꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU',
  ].reduce<[string, string][]>((pairs, sign, at, all) => {
    if (at % 2 === 0) pairs.push([sign, all[at + 1] ?? ''])
    return pairs
  }, []),
  // ❶ ➀ ➊, ⓫, ⓵, ⓿ 🄋 🄌
  ...row(0x27_76, upTo(1, 10)),
  ...row(0x27_80, upTo(1, 10)),
  ...row(0x27_8a, upTo(1, 10)),
  ...row(0x24_eb, upTo(11, 20)),
  ...row(0x24_f5, upTo(1, 10)),
  ...row(0x24_ff, [0]),
  ...row(0x1_f1_0b, [0, 0]),
  // 🅐, 🅰, 🇦
  ...row(0x1_f1_50, letters),
  ...row(0x1_f1_70, letters),
  ...row(0x1_f1_e6, letters),
])

export type Piece = {
  signs: string
  isNumber: boolean
  /** What parts it from the one before. */ gap: string
}

export function piecesOf(signs: string, isNumber = /[0-9]/): Piece[] {
  return [...signs.matchAll(/(\s*)([0-9A-Z]+)/g)].map(([, gap = '', piece = '']) => ({
    signs: piece,
    isNumber: isNumber.test(piece),
    gap,
  }))
}
