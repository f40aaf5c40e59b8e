/** What the shape of settings cannot tell: what else is in force, what a file is. */
import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools'
import type { AppearanceSettings, BankSettings, SettingKind, TermsSettings } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { WrongField } from '#platform/server/requests.ts'
import { fontsFor } from '#platform/server/typeset/fonts.ts'
import { foreignAccountIn } from './foreign-accounts.ts'
import { halfYearOf } from './half-year.ts'
import { ratesOn } from './in-force-queries.ts'
import { accountsOn, approvedOf } from './queries.ts'

/**
 * What documents were made with is not rewritten: a version begins today at the earliest. The first of a kind may say that it
 * held before.
 */
export async function checkBeginning(
  db: CentralDb,
  { companyId, kind, inForceFrom }: { companyId: string; kind: SettingKind; inForceFrom: string },
  today: string,
): Promise<void> {
  if (inForceFrom < today && (await approvedOf(db, companyId, kind)).length > 0)
    throw new WrongField('body', 'inForceFrom', 'setting_in_the_past')
}

/** Length, national key and country, by the registry of ISO 13616; the BIC's country by ISO 9362. */
export function checkBank({ iban, bic }: BankSettings): void {
  if (!isValidIBAN(iban)) throw new WrongField('body', 'content.iban', 'iban_wrong')
  if (!isSEPACountry(iban.slice(0, 2))) throw new WrongField('body', 'content.iban', 'iban_not_sepa')
  if (!isValidBIC(bic)) throw new WrongField('body', 'content.bic', 'bic_wrong')
}

/** C. com. L441-10 II: three times the legal rate at least. */
export async function checkTerms(
  db: CentralDb,
  { penaltyKind, penaltyBasisPoints }: TermsSettings,
  from: string,
): Promise<void> {
  if (penaltyKind !== 'fixed') return
  const legal = (await ratesOn(db, halfYearOf(from))).get('legal')
  const least = 3 * (legal?.basisPoints ?? 0)
  if ((penaltyBasisPoints ?? 0) < least)
    throw new WrongField('body', 'content.penaltyBasisPoints', 'penalty_rate_low', { least: least / 100 })
}

/** A logo is an image and nothing else: no script, nothing from elsewhere. */
export function checkAppearance({ logo }: AppearanceSettings): void {
  if (!logo) return
  const bytes = Buffer.from(logo.base64, 'base64')
  const wrong = (code: string) => new WrongField('body', 'content.logo', code)
  if (logo.mediaType === 'image/png') {
    if (!bytes.subarray(0, 8).equals(pngBegins)) throw wrong('logo_unreadable')
    return
  }
  const svg = bytes.toString('utf8')
  if (!/^\s*(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(svg) || !/<\/svg>\s*$/.test(svg))
    throw wrong('logo_unreadable')
  if (
    /<!DOCTYPE|<!ENTITY|<\s*(script|foreignObject|use|image|style)\b|\son\w+\s*=|url\(\s*['"]?(?!#)/i.test(
      svg,
    )
  )
    throw wrong('logo_active')
}

/**
 * Where money goes is said by the account alone, which two people answer for: no other text may name another. Nor may one hold what
 * nobody could read: on paper what no font of ours has, in a mail what none can have, or what turns the direction of reading.
 * @param texts what somebody wrote, in any shape
 * @param place where it stands in the request's body
 * @throws WrongField
 */
export async function checkTexts(
  db: CentralDb,
  {
    texts,
    place,
    goesBy,
    also = [],
  }: { texts: unknown; place: string; goesBy: 'paper' | 'mail'; also?: readonly (string | null)[] },
  today: string,
): Promise<void> {
  const own = [...(await accountsOn(db, today)), ...also]
  for (const [path, text] of textsIn(texts, place)) {
    const account = foreignAccountIn(text, own)
    if (account !== undefined) throw new WrongField('body', path, 'foreign_account', { account })
    const unread = [...(goesBy === 'paper' ? fontsFor(text).missing : []), ...(text.match(unreadable) ?? [])]
    if (unread.length > 0)
      throw new WrongField('body', path, 'unprintable', {
        characters: [...new Set(unread)].map(named).join(' '),
      })
  }
}

const unreadable = /[\p{Co}\p{Cn}\u202A-\u202E\u2066-\u2069]/gu

/** What nobody sees is called by its number. */
const named = (sign: string) =>
  /\p{C}/u.test(sign) ? `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` : sign

function* textsIn(value: unknown, path: string): Iterable<[path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  if (typeof value !== 'object' || value === null) return
  // A picture is looked at too, as far as it is made of text.
  if ('mediaType' in value && 'base64' in value) {
    if (value.mediaType === 'image/svg+xml')
      yield [
        path,
        Buffer.from(String(value.base64), 'base64')
          .toString('utf8')
          .replaceAll(/<[^>]*>/g, ' '),
      ]
    return
  }
  for (const [key, inner] of Object.entries(value))
    yield* textsIn(inner, path === '' ? key : `${path}.${key}`)
}

const pngBegins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
