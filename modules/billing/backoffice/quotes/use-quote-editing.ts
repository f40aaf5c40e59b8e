/** A quote that is typed, and kept as it grows: an invoice's lines without the law's check. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useReducer, useState } from 'react'
import { type Quote, quoteChanged, type QuoteFields, quoteIssued, saveQuote } from '#contract/billing'
import { ApiError, problemsByField } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { edit } from '../editor/editing.ts'
import { editedOf, readDocument } from '../editor/edited-document.ts'
import { faultsOf, problemsByLine } from '../editor/findings.ts'
import { useKeeper } from '../editor/use-keeper.ts'

export function useQuoteEditing(quote: Quote, usualVat: string) {
  const t = useMessages()
  const { language } = useFormats()
  const queries = useQueryClient()
  const [document, act] = useReducer(edit, quote, (begun) => editedOf(begun, language, usualVat))
  const [validUntil, setValidUntil] = useState(quote.validUntil ?? '')
  const read = useMemo(() => readDocument(document), [document])
  const fields = useMemo(() => ({ ...read.fields, validUntil: validUntil || null }), [read, validUntil])
  const { keeper, kept } = useKeeper<QuoteFields>({
    begun: asRead(quote, language),
    revision: quote.revision,
    codes: { conflict: quoteChanged.code, over: quoteIssued.code },
    async save(next, revision) {
      const saved = await call(saveQuote, { params: { id: quote.id }, body: { ...next, revision } })
      void refresh(queries, saveQuote.touches)
      return saved
    },
  })
  useEffect(() => keeper.type(fields), [keeper, fields])
  const take = (theirs: Quote) => {
    keeper.take(asRead(theirs, language), theirs.revision)
    act({ do: 'take', document: editedOf(theirs, language) })
    setValidUntil(theirs.validUntil ?? '')
  }
  // What somebody else saved while nothing is typed here is what stands.
  const adopt = useEffectEvent((theirs: Quote) => {
    if (kept.phase === 'kept' && theirs.revision > kept.revision) take(theirs)
  })
  useEffect(() => {
    const soon = setTimeout(() => adopt(quote))
    return () => clearTimeout(soon)
  }, [quote])
  const faults = useMemo(
    () =>
      faultsOf(read.unreadable, kept.phase === 'refused' ? problemsByField(kept.error) : {}, read.keys, t),
    [read, kept, t],
  )
  return {
    document,
    act,
    validUntil,
    setValidUntil,
    sums: read.sums,
    exclCents: useMemo(
      () => new Map(read.keys.map((key, index) => [key, read.sums.lines[index]?.exclCents ?? 0])),
      [read],
    ),
    problems: useMemo(() => problemsByLine([], read.keys, faults, t), [read, faults, t]),
    wrongDiscount: faults.find(({ mending }) => mending?.at === 'field' && mending.name === 'discount')
      ?.sentence,
    kept,
    /** What cannot be read, which is not saved with the rest, and what the server would not take. */
    faults,
    flush: () => keeper.flush(),
    /** @returns whether all that is typed stands */
    async settle() {
      await keeper.flush()
      return faults.length === 0 && keeper.now().phase === 'kept' ? keeper.now().revision : null
    },
    conflict: kept.phase === 'conflict' ? theirsIn(kept.error) : null,
    keepMine: (theirs: Quote) => keeper.overwrite(theirs.revision),
    take,
  }
}

function asRead(quote: Quote, language: 'fr' | 'en'): QuoteFields {
  return { ...readDocument(editedOf(quote, language)).fields, validUntil: quote.validUntil }
}

function theirsIn(error: unknown): Quote | null {
  if (!(error instanceof ApiError) || error.code !== quoteChanged.code) return null
  return (error.details as { current: Quote }).current // as the contract says of this refusal
}
