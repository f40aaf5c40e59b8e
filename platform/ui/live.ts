/** News from the server: one stream of events refreshes every screen that shows what changed. */
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { addressOf } from '#platform/contract/endpoint.ts'
import { listenToNews, type listenToPracticeNews, type News } from '#platform/contract/news.ts'
import { refresh } from './data.ts'

type Connection = 'idle' | 'live' | 'lost'

let connection: Connection = 'idle'
const listeners = new Set<() => void>()

function become(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

/** Whether news come in. A lost connection is shown by the app, and mended by itself. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}

/**
 * Listens until the returned function is called.
 * @param onLost may find out why (a session ended)
 * @param to the news of the app's own realm
 */
export function listen(
  queries: QueryClient,
  onLost: () => void,
  to: typeof listenToNews | typeof listenToPracticeNews = listenToNews,
): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempts = 0
  let missed = false
  const waiting = new Set<string>()

  const connect = () => {
    source = new EventSource(addressOf(to))
    source.addEventListener('open', () => {
      attempts = 0
      become('live')
      if (missed) resync()
      missed = false
    })
    source.addEventListener('resync', resync)
    source.addEventListener('news', (event: MessageEvent<string>) => {
      const { topic } = JSON.parse(event.data) as News // our own server's, as the contract says
      if (waiting.size === 0) setTimeout(flush, 100)
      waiting.add(topic)
    })
    source.addEventListener('error', lost)
  }
  const lost = () => {
    missed = true
    // A stream ends whenever the session's token is replaced, after a step-up say: what opens again at once was no outage.
    const again = attempts === 0 && navigator.onLine
    if (!again) become('lost')
    source?.close()
    clearTimeout(timer)
    // Later each time, and not all browsers at once when the server comes back.
    const pause = (again ? 250 : Math.min(30_000, 500 * 2 ** attempts)) * (0.75 + Math.random() / 2)
    attempts++
    timer = setTimeout(goOn, pause)
  }
  // The answer that brings a replaced token may still be on its way: what asked before it would be out.
  const goOn = () => {
    if (queries.isMutating() > 0) {
      timer = setTimeout(goOn, 100)
      return
    }
    onLost()
    connect()
  }
  // A burst of news makes one round of questions.
  const flush = () => {
    const topics = [...waiting]
    waiting.clear()
    void refresh(queries, topics)
  }
  // What happened in between was not heard: whatever is on screen asks again.
  const resync = () => void queries.invalidateQueries({ predicate: ({ meta }) => Boolean(meta?.topics) })
  const retryNow = () => {
    if (connection !== 'lost') return
    clearTimeout(timer)
    source?.close()
    connect()
  }

  connect()
  // A dead network says nothing on a stream that is open: the browser knows first.
  addEventListener('offline', lost)
  addEventListener('online', retryNow)
  return () => {
    removeEventListener('offline', lost)
    removeEventListener('online', retryNow)
    clearTimeout(timer)
    source?.close()
    become('idle')
  }
}
