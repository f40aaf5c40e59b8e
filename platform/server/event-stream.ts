import { PassThrough } from 'node:stream'
import type { News } from '#platform/contract/news.ts'
import { listenToNews, listenToPracticeNews } from '#platform/contract/news.ts'
import type { NewsDesk, Whisper } from './news.ts'
import { handle, Stream, type Actor, type CentralHandler, type MemberActor } from './requests.ts'
import type { Strangers } from './mount.ts'

/** News waits this long for a slow reader's buffer before the reader is let go; it will reconnect and ask anew. */
const slowReaderBytes = 64 * 1024
const heartbeatMs = 20_000

/**
 * Server-sent events: each listener hears the topics their permissions allow. Who they are is asked again at each piece
 * of news and each heartbeat, so that a session that ended or a right that was withdrawn is silent at once.
 */
export function newsHandlers(
  desk: NewsDesk,
  strangers: Pick<Strangers, 'whoAsks' | 'whichMember'>,
): { handlers: CentralHandler[]; close(): void } {
  const open = new Set<PassThrough>()

  /** @param concerns whether news is worth asking who listens */
  function stream<Listener>(
    whoListens: () => Promise<Listener | null>,
    hears: (whisper: Whisper, listener: Listener) => News | undefined,
    concerns: (whisper: Whisper) => boolean = () => true,
  ): Stream {
    const stream = new PassThrough()
    open.add(stream)
    const write = (text: string) => {
      if (stream.writableLength > slowReaderBytes) stream.end()
      else stream.write(text)
    }
    const stillThere = async () => {
      const listener = await whoListens().catch(() => null)
      if (!listener) stream.end()
      return listener
    }
    write('retry: 1000\n\nevent: hello\ndata: {}\n\n')
    const unsubscribe = desk.subscribe(async (whisper) => {
      if (whisper && !concerns(whisper)) return
      const listener = await stillThere()
      if (!listener || stream.writableEnded) return
      if (whisper === null) return write('event: resync\ndata: {}\n\n')
      const news = hears(whisper, listener)
      if (news) write(`event: news\ndata: ${JSON.stringify(news)}\n\n`)
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
  }

  const handlers = [
    handle(listenToNews, async ({ request }) =>
      stream(() => strangers.whoAsks(request, { passive: true }), heardByStaff),
    ),
    handle(listenToPracticeNews, async ({ request, member: { tenantId, memberId, sessionId } }) =>
      stream(
        () => strangers.whichMember(request, { passive: true }),
        heardByMember,
        // Thousands of practices listen: what is none of theirs wakes nobody.
        ({ tenant, only, id }) =>
          tenant === tenantId || only === memberId || id === tenantId || id === memberId || id === sessionId,
      ),
    ),
  ]
  return {
    handlers,
    close() {
      for (const stream of open) stream.end()
    },
  }
}

function heardByStaff({ topic, only, needs, id }: Whisper, actor: Actor): News | undefined {
  const mayHear =
    only !== undefined ? only === actor.staffId : needs !== undefined && actor.permissions.has(needs)
  if (!mayHear) return undefined
  // Whose permission reaches only so far may not learn of what is beyond: not even an id.
  return id && !(needs && actor.limits.has(needs)) ? { topic, id } : { topic }
}

/** News of another practice is never heard, whatever else it says. */
function heardByMember({ topic, tenant, only, needs, id }: Whisper, member: MemberActor): News | undefined {
  if (tenant !== member.tenantId) return undefined
  const mayHear =
    only !== undefined ? only === member.memberId : needs !== undefined && member.permissions.has(needs)
  if (!mayHear) return undefined
  return id ? { topic, id } : { topic }
}
