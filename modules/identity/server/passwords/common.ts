import { hasSubstance } from './substance.ts'

/** So much must be left of a password once its runs and repetitions are taken for what they are. */
const enough = 8

/**
 * Whether a password is one that many have chosen: in the list, in the list but for what stands around it
 * (`sunshine2026!!!`), the same thing over and over, or a walk over the keyboard.
 */
export async function isCommon(password: string): Promise<boolean> {
  const text = password.toLowerCase()
  const core = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const joined = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const list = await commonPasswords()
  if ([text, core, joined].some((form) => list.has(form) || list.has(repeatedIn(form)))) return true
  return !(await hasSubstance(text, enough))
}

/** `abcabcabc` -> `abc`; what repeats nothing is itself. */
function repeatedIn(text: string): string {
  const period = (text + text).indexOf(text, 1)
  return text.slice(0, period === -1 ? text.length : period)
}

let list: Promise<ReadonlySet<string>> | undefined

/** Some fifty thousand, read when the first password is chosen: most processes never need them. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  list ??= import('@zxcvbn-ts/language-common').then(
    // Shorter ones say nothing about the middle of a password of fifteen.
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter((word) => word.length >= 6)),
  )
  return list
}
