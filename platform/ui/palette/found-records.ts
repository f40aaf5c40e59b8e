import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import type { FoundRecord, RecordSource } from '../manifest.ts'
import { useMay } from '../session.tsx'

type Found = { source: RecordSource; records: FoundRecord[] }

/** One letter finds everybody; one character of Chinese, Japanese or Korean is a name. */
export const isEnough = (text: string): boolean =>
  text.length >= 2 || /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)

/** Asks every source the person may search, a moment after they stop typing. */
export function useFoundRecords(
  offered: readonly RecordSource[],
  query: string,
): { found: Found[]; searching: boolean } {
  const may = useMay()
  const text = useDeferredValue(useSettled(query.trim(), 120))
  const sources = offered.filter((source) => may(source.needs))
  const enabled = isEnough(text)
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.label, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(text, signal),
      placeholderData: keepPreviousData,
      enabled,
    })),
  })
  const found = sources.flatMap((source, index) => {
    const records = answers[index]?.data ?? []
    return enabled && records.length > 0 ? [{ source, records }] : []
  })
  const searching = isEnough(query.trim()) && (text !== query.trim() || answers.some((one) => one.isFetching))
  return { found, searching }
}

function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
