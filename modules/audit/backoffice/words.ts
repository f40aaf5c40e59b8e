/** The log's verbs and objects in words. A verb nobody has put into words yet shows itself. */
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

type WordKey<Prefix extends string> = MessageKey extends infer Key
  ? Key extends `${Prefix}${infer Word}`
    ? Word
    : never
  : never

export type KnownVerb = WordKey<'audit.verb.'>
export type KnownObject = WordKey<'audit.object.'>

export const knownVerbs: readonly KnownVerb[] = [
  'staff.signed_in',
  'staff.signed_out',
  'staff.password_verified',
  'staff.language_chosen',
  'client.imported',
]

export const knownObjects: readonly KnownObject[] = ['client', 'staff_member']

/** « a modifié le client », to be read after the actor's name. */
export function verbInWords(verb: string, t: Translate): string {
  return isOneOf(knownVerbs, verb) ? t(`audit.verb.${verb}`) : verb
}

export function objectInWords(objectType: string, t: Translate): string {
  return isOneOf(knownObjects, objectType) ? t(`audit.object.${objectType}`) : objectType
}

function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return words.some((known) => known === word)
}
