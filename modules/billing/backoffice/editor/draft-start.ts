import type { Draft, DraftFields } from '#contract/billing'
import type { Language } from '#platform/ui/preferences.ts'
import { type EditedDocument, editedOf, readDocument } from './edited-document.ts'
import { type InvoiceTerms, readTerms, termsOf } from './invoice-terms.ts'

/** A draft as its editor begins with it: typed, and read again, so that what nobody touched counts as saved. */
export function startOf(
  draft: Draft,
  language: Language,
  vat?: string,
): { document: EditedDocument; terms: InvoiceTerms; fields: DraftFields } {
  const document = editedOf(draft, language, vat)
  const terms = termsOf(draft)
  return { document, terms, fields: fieldsOf(document, terms) }
}

export function fieldsOf(document: EditedDocument, terms: InvoiceTerms): DraftFields {
  return { ...readDocument(document).fields, ...readTerms(terms).fields }
}
