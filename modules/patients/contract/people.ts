/** How people and the ways to reach them are written, the same for patients and for those who stand beside them. */
import { z } from 'zod'
import { emailHolds } from '#platform/contract/emails.ts'
import { line } from '#platform/contract/ids.ts'

const wrong = (code: string) => ({ params: { code }, abort: true })

/** What turns the direction of writing round, or joins what is not seen: a name is read as it is written. */
const unseen = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/**
 * A first or last name in any script. It holds a letter, so that it can be sorted and said, and no pictogram: a fee note
 * could not print it.
 */
export const PersonName = line(120)
  .overwrite((name) => name.replaceAll(unseen, '').replaceAll(/\s+/g, ' ').trim())
  .min(1, { error: 'name_missing', abort: true })
  .refine((name) => /\p{L}/u.test(name), wrong('name_without_letter'))
  .refine((name) => !/\p{Extended_Pictographic}/u.test(name), wrong('name_with_pictogram'))

/** Empty where there is none. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .refine((email) => email === '' || emailHolds(email), wrong('email_invalid'))

/** Kept as it is typed; empty where there is none. Only what a telephone could dial. */
export const Phone = line(32).refine(
  (phone) => phone === '' || (/^\+?[\d\s.\-/()]+$/.test(phone) && phone.replaceAll(/\D/g, '').length >= 4),
  wrong('phone_invalid'),
)
