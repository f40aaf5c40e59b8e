import { PassThrough } from 'node:stream'
import type { News } from '#platform/contract/news.ts'
import { listenToNews } from '#platform/contract/news.ts'
import type { NewsDesk } from './news.ts'
import { handle, Stream, type Actor, type Handler, type RequestFacts } from './requests.ts'

/** News waits this long for a slow reader's buffer before the reader is let go; it will reconnect and ask anew. */
const slowReaderBytes = 64 * 1024
const heartbeatMs = 20_000

/**
 * Server-sent events: each listener hears the topics their permissions allow. Who they are is asked again at each piece
 * of news and each heartbeat, so that a session that ended or a right that was withdrawn is silent at once.
 */
export function newsHandler(
  desk: NewsDesk,
  whoAsks: (facts: RequestFacts, how: { passive: boolean }) => Promise<Actor | null>,
): { handler: Handler; close(): void } {
  const open = new Set<PassThrough>()
  const handler = handle(listenToNews, async (ctx) => {
    const stream = new PassThrough()
    open.add(stream)
    const write = (text: string) => {
      if (stream.writableLength > slowReaderBytes) stream.end()
      else stream.write(text)
    }
    const stillThere = async () => {
      const actor = await whoAsks(ctx.request, { passive: true }).catch(() => null)
      if (!actor) stream.end()
      return actor
    }
    write('retry: 1000\n\nevent: hello\ndata: {}\n\n')
    const unsubscribe = desk.subscribe(async (whisper) => {
      const actor = await stillThere()
      if (!actor || stream.writableEnded) return
      if (whisper === null) return write('event: resync\ndata: {}\n\n')
      const mayHear =
        whisper.only !== undefined
          ? whisper.only === actor.staffId
          : whisper.needs !== undefined && actor.permissions.has(whisper.needs)
      if (!mayHear) return
      // Whose permission reaches only so far may not learn of what is beyond: not even an id.
      const named = whisper.id && !(whisper.needs && actor.limits.has(whisper.needs))
      const news: News = { topic: whisper.topic, ...(named ? { id: whisper.id } : {}) }
      write(`event: news\ndata: ${JSON.stringify(news)}\n\n`)
    })
    const heartbeat = setInterval(async () => {
      if (await stillThere()) write(': still here\n\n')
    }, heartbeatMs)
    stream.on('close', () => {
      open.delete(stream)
      unsubscribe()
      clearInterval(heartbeat)
    })
    return new Stream(stream, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })
  })
  return {
    handler,
    close() {
      for (const stream of open) stream.end()
    },
  }
}
