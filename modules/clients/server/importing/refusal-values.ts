// What the sentence of a refusal needs: the field under its name, several headings as one text, a size in megabytes.
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { isImportField } from './known-headings.ts'
import type { FileRefusal } from './file-refusal.ts'

export function refusalValues(
  { details }: FileRefusal,
  sentences: Sentences,
  language: Language,
): Record<string, string | number> {
  const { headings, field, ...values } = details
  return {
    ...values,
    ...(values.limit ? { megabytes: Math.floor(values.limit / 2 ** 20) } : {}),
    ...(headings ? { headings: headings.join(', ') } : {}),
    ...(field
      ? { field: isImportField(field) ? sentences.say(language, `clients.import.fields.${field}`) : field }
      : {}),
  }
}
