/** Recovery codes, `ABCD-EFGH-JKLM`: the first four characters find a code, the other eight (40 bits) are hashed. */
import { randomInt } from 'node:crypto'
import { hashPassword, passwordIs } from '../passwords/hashing.ts'

/** Crockford's base32: no I, L, O or U, so that nothing on paper is read as something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const howMany = 10
const selectorLength = 4
const length = 12

/** What is kept of a code: enough to find and check it, not to tell it. */
export type KeptCode = { selector: string; codeHash: string }

/** A code somebody typed, taken apart. */
export type TypedCode = { selector: string; secret: string }

/** @returns ten codes as they are shown, once, and what is kept of each */
export async function newRecoveryCodes(): Promise<{ codes: string[]; kept: KeptCode[] }> {
  const bySelector = new Map<string, string>()
  while (bySelector.size < howMany) {
    const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
    bySelector.set(code.slice(0, selectorLength), code)
  }
  const plain = [...bySelector.values()]
  const kept = plain.map(async (code) => ({
    selector: code.slice(0, selectorLength),
    codeHash: await hashPassword(code.slice(selectorLength)),
  }))
  return { codes: plain.map(grouped), kept: await Promise.all(kept) }
}

/** As people copy them: in any case, in groups or not, O for 0, I or L for 1. Null when it cannot be a code. */
export function readRecoveryCode(typed: string): TypedCode | null {
  const bare = typed.replaceAll(/[\s\u2010-\u2015-]/g, '')
  // Before anything is folded: capitals of other alphabets would become ours.
  if (!/^[0-9a-z]+$/i.test(bare)) return null
  const code = bare.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (code.length !== length || [...code].some((letter) => !alphabet.includes(letter))) return null
  return { selector: code.slice(0, selectorLength), secret: code.slice(selectorLength) }
}

/** @param codeHash undefined when no such code is kept: the same work is done, and the answer is no */
export function recoveryCodeIs(codeHash: string | undefined, typed: TypedCode): Promise<boolean> {
  return passwordIs(codeHash, typed.secret)
}

function grouped(code: string): string {
  return code.match(/.{4}/g)!.join('-') // twelve characters of our own
}
