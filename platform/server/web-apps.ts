import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NotFound } from './requests.ts'
import type { Door } from './hosts.ts'

/**
 * What only a document heeds. A page is forty files, and over a telephone's network these lines came to a fifth of what it
 * waits for; opened by itself an asset may do nothing at all.
 */
const ofDocuments = [
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]

/** A built web app per door: hashed assets cached for ever, `index.html` for every address that is a page. */
export async function serveWebApps(
  app: FastifyInstance,
  folders: Record<Door, string>,
  doorOfRequest: (hostname: string) => Door,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: Object.values(folders),
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isAsset = path.includes('/assets/')
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
      if (!isAsset) return
      for (const name of ofDocuments) reply.removeHeader(name)
      reply.header('content-security-policy', `default-src 'none'; frame-ancestors 'none'`)
    },
  })

  app.get('/*', { config: { serves: 'web app' } }, (request, reply) => {
    const root = folders[doorOfRequest(request.hostname)]
    const path = (request.params as { '*': string })['*'] // the route's own wildcard
    if (path.startsWith('api/')) throw new NotFound()
    // A name with an ending is a file; anything else is a page, which the app routes by itself.
    const isFile = /\.[a-z0-9]+$/i.test(path)
    if ((isFile && !existsSync(join(root, path))) || !existsSync(join(root, 'index.html')))
      throw new NotFound()
    return reply.sendFile(isFile ? path : 'index.html', root)
  })
}
