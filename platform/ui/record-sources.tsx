/**
 * Records that other modules keep, found by typing: the palette shows them all, and a screen that speaks
 * of any kind of object (the audit log) finds here those of one kind without knowing their module.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { FoundRecord, RecordSource } from './manifest.ts'
import { useMay } from './session.tsx'

const Context = createContext<readonly RecordSource[]>([])

type ProviderProps = { sources: readonly RecordSource[]; children: ReactNode }

export function RecordSourcesProvider({ sources, children }: ProviderProps) {
  return <Context value={sources}>{children}</Context>
}

/** How this reader finds objects of a kind; undefined where nobody offers it or they may not. */
export function useRecordSource(objectType: string | undefined): RecordSource | undefined {
  const sources = use(Context)
  const may = useMay()
  return useMemo(
    () => sources.find((source) => source.objectType === objectType && may(source.needs)),
    [sources, objectType, may],
  )
}

/** The records that fit what is being typed, a moment after it was. */
export function useFound(source: RecordSource | undefined, text: string): readonly FoundRecord[] | undefined {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120)
    return () => clearTimeout(timer)
  }, [text])
  const { data } = useQuery({
    queryKey: ['found', source?.label, settled],
    queryFn: ({ signal }) => source?.search(settled, signal) ?? Promise.resolve([]),
    enabled: source !== undefined && settled.trim().length >= 2,
    placeholderData: keepPreviousData,
  })
  return data
}
