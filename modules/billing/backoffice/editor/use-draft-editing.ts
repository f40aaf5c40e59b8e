/** A draft that is typed, kept as it grows, and checked as it stands. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useReducer, useState } from 'react'
import {
  checkDraft,
  type Draft,
  type DraftFields,
  invoiceChanged,
  invoiceIssued,
  saveDraft,
} from '#contract/billing'
import { ApiError, problemsByField } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { fieldsOf, startOf } from './draft-start.ts'
import { edit } from './editing.ts'
import { readDocument } from './edited-document.ts'
import { faultsOf, problemsByLine, wordsOf } from './findings.ts'
import { type InvoiceTerms, readTerms } from './invoice-terms.ts'
import { useKeeper } from './use-keeper.ts'

type Around = { isEnding: boolean; usualVat: string }

export function useDraftEditing(draft: Draft, { isEnding, usualVat }: Around) {
  const t = useMessages()
  const { language } = useFormats()
  const queries = useQueryClient()
  const params = { id: draft.id }
  const [begun] = useState(() => startOf(draft, language, usualVat))
  const [document, act] = useReducer(edit, begun.document)
  const [terms, changeTerms] = useState(begun.terms)
  const read = useMemo(() => readDocument(document), [document])
  const { unreadable } = useMemo(() => readTerms(terms), [terms])
  const fields = useMemo(() => fieldsOf(document, terms), [document, terms])

  const { keeper, kept } = useKeeper<DraftFields>({
    begun: begun.fields,
    revision: draft.revision,
    codes: { conflict: invoiceChanged.code, over: invoiceIssued.code },
    async save(next, revision) {
      const saved = await call(saveDraft, { params, body: { ...next, revision } })
      void refresh(queries, saveDraft.touches)
      return saved
    },
  })
  useEffect(() => keeper.type(fields), [keeper, fields])
  const faults = useMemo(
    () =>
      faultsOf(
        new Map([...read.unreadable, ...unreadable]),
        kept.phase === 'refused' ? problemsByField(kept.error) : {},
        read.keys,
        t,
      ),
    [read, unreadable, kept, t],
  )

  const take = (theirs: Draft) => {
    const next = startOf(theirs, language)
    keeper.take(next.fields, theirs.revision)
    act({ do: 'take', document: next.document })
    changeTerms(next.terms)
  }
  // What somebody else saved while nothing is typed here is what stands.
  const adopt = useEffectEvent((theirs: Draft) => {
    if (kept.phase === 'kept' && theirs.revision > kept.revision) take(theirs)
  })
  useEffect(() => {
    const soon = setTimeout(() => adopt(draft))
    return () => clearTimeout(soon)
  }, [draft])
  // Somebody gave it its number, or threw it away: the page shows what it is now.
  useEffect(() => {
    if (kept.phase === 'over') void refresh(queries, saveDraft.touches)
  }, [kept.phase, queries])

  const check = useEndpoint(checkDraft, { params }, { keepPrevious: true, enabled: !isEnding })
  const findings = check.data?.findings
  const byLine = useMemo(
    () => problemsByLine(findings ?? [], read.keys, faults, t),
    [findings, read, faults, t],
  )
  const byField = useMemo(() => {
    const found = new Map<string, string>()
    for (const finding of findings ?? [])
      if (finding.severity === 'error') found.set(finding.field, wordsOf(finding, t).title)
    for (const { mending, sentence } of faults) if (mending?.at === 'field') found.set(mending.name, sentence)
    return found
  }, [findings, faults, t])
  const exclCents = useMemo(
    () => new Map(read.keys.map((key, index) => [key, read.sums.lines[index]?.exclCents ?? 0])),
    [read],
  )
  return {
    document,
    terms,
    /** What of all that is typed can be read. */
    fields,
    act,
    setTerms: (part: Partial<InvoiceTerms>) => changeTerms((before) => ({ ...before, ...part })),
    sums: read.sums,
    /** Of the lines that count, in their order. */
    keys: read.keys,
    exclCents,
    problems: { byLine, byField },
    kept,
    /** What cannot be read, which is not saved with the rest, and what the server would not take. */
    faults,
    check: check.data,
    /** What is typed leaves at once. */
    flush: () => keeper.flush(),
    /** @returns the check of all that is typed, once it stands; null where it does not */
    async settle() {
      await keeper.flush()
      if (faults.length > 0 || keeper.now().phase !== 'kept') return null
      const { data } = await check.refetch()
      return data?.revision === keeper.now().revision ? data : null
    },
    conflict: kept.phase === 'conflict' ? theirsIn(kept.error) : null,
    keepMine: (theirs: Draft) => keeper.overwrite(theirs.revision),
    take,
  }
}

export type DraftEditing = ReturnType<typeof useDraftEditing>

function theirsIn(error: unknown): Draft | null {
  if (!(error instanceof ApiError) || error.code !== invoiceChanged.code) return null
  return (error.details as { current: Draft }).current // as the contract says of this refusal
}
