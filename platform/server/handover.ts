/**
 * From one host to the other with a key, which no address ever holds. The two hosts are two sites: what the practice host
 * puts into a browser is not sent with a form that the back-office posts to it. So it goes in three steps: a page of the
 * practice host gives the browser its half (a cookie) and sends it back with that half's SHA-256 in the fragment; the
 * back-office has a key made for exactly that browser, and posts it; and the page that answers hands the key to the
 * practice app's own script, whose request brings the cookie along.
 */
import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Platform } from './errors.ts'
import type { Hosts } from './hosts.ts'
import { setCookie } from './mount/facts.ts'
import { hashOf, newToken } from './random.ts'
import { NotFound } from './requests.ts'

/** The page of the practice host that gives a browser its half, and that keys are posted to. */
export const handoverPage = '/assistance'
/** The page of the back-office keys are made on. */
const keyPage = (id: string) => `/impersonations/${id}/enter`

/** Longer than a key is good for, and not much. */
const halfSeconds = 300

export async function serveHandover(
  app: FastifyInstance,
  { hosts, webFolder, secureCookies }: { hosts: Hosts; webFolder: string; secureCookies: boolean },
): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1_000 },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )

    scope.get(`${handoverPage}/:id`, { config: { serves: 'handover' } }, async (request, reply) => {
      const { id } = request.params as { id: string } // the route's own parameter
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound()
      // The back-office links to its own address, and need not know where practices are served.
      if (request.door === 'backoffice')
        return reply
          .header('cache-control', 'no-store')
          .redirect(new URL(`${handoverPage}/${id}`, hosts.practice).href, 303)
      const half = newToken()
      setCookie(reply, { name: 'handover', value: half, maxAgeSeconds: halfSeconds }, secureCookies)
      const back = new URL(keyPage(id), hosts.backoffice)
      back.hash = hashOf(half).toString('base64url')
      return reply.header('cache-control', 'no-store').redirect(back.href, 303)
    })

    scope.post(handoverPage, { config: { serves: 'handover' } }, async (request, reply) => {
      if (request.door !== 'practice') throw new NotFound()
      // The one address of this host that another site's page may post to, and only that site.
      if (request.headers.origin !== hosts.backoffice.origin) throw new Platform('origin_refused')
      const key = request.body instanceof URLSearchParams ? (request.body.get('key') ?? '') : ''
      if (!/^[\w-]{1,100}$/.test(key)) throw new Platform('input_invalid')
      const page = await readFile(join(webFolder, 'index.html'), 'utf8')
      return reply
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(page.replace('</head>', `<meta name="assistance-key" content="${key}"></head>`))
    })
  })
}
