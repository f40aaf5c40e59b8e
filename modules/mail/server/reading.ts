import { Readable } from 'node:stream'
import { getMail, getMailPage } from '#contract/mail'
import type { AppEnv } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Mail } from '#platform/server/mail.ts'
import { found, handle, Stream, type Handler } from '#platform/server/requests.ts'
import { asLine } from './listing.ts'
import { mailById } from './queries.ts'

/**
 * The page stands in a frame of ours and under stricter rules than ours: nothing runs, nothing is fetched, it has no
 * origin and so no session. Its own colours are in it, which is why styles may stand inline here and nowhere else.
 */
const frameRules = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

export function reading({ mail, environment }: { mail: Mail; environment: AppEnv }): Handler[] {
  /** What a mail says is read where it went nowhere: a link on its way to a person is nobody else's. */
  const whole = async (db: CentralDb, id: string) => {
    const row = found(await mailById(db, id))
    const { bodySealed, state } = row
    const isOurs = state === 'captured' && environment !== 'production' && bodySealed !== null
    return { row, written: isOurs ? mail.open({ id, bodySealed }) : null }
  }
  return [
    handle(getMail, async (ctx, { params: { id } }) => {
      const { row, written } = await whole(ctx.db, id)
      ctx.record({ object: 'mail', id })
      return { ...asLine(row), words: written && { text: written.text, action: written.action } }
    }),

    handle(getMailPage, async (ctx, { params: { id } }) => {
      const { html } = found((await whole(ctx.db, id)).written)
      ctx.record({ object: 'mail', id })
      return new Stream(Readable.from([html]), {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': frameRules,
        // A page without an origin has no cluster to be keyed by: browsers warn of the wish.
        'origin-agent-cluster': '?0',
      })
    }),
  ]
}
