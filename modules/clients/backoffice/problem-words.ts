import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

/** The sentence of a field's problem: the same that the server would answer with. */
export function problemInWords(code: string, t: Translate): string {
  const key = `fields.${code}` as MessageKey // asked for on the next line
  const sentence = t(key)
  return sentence === key ? t('clients.field.invalid') : sentence
}
