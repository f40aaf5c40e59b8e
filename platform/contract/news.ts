import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** News of a change, as server-sent events carry it: screens that show the topic ask again. */
export const News = z.object({ topic: z.string(), id: z.string().optional() })
export type News = z.infer<typeof News>

export const listenToNews = endpoint({
  method: 'GET',
  path: '/events',
  realm: 'staff',
  may: 'signed_in',
  // By which it hears that it woke.
  whileAsleep: true,
  summary: 'Server-sent events: the topics that changed, filtered by your permissions',
  output: { stream: ['text/event-stream'] },
})

export const listenToPracticeNews = endpoint({
  method: 'GET',
  path: '/news',
  realm: 'member',
  may: 'signed_in',
  summary: 'Server-sent events: the topics that changed in your practice, filtered by your permissions',
  output: { stream: ['text/event-stream'] },
})
