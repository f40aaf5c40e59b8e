import type { FastifyInstance } from 'fastify'
import { rm } from 'node:fs/promises'
import { prefixOf, type ReceivedFile } from '#platform/contract/endpoint.ts'
import { unreadPlace } from './cursors.ts'
import { Platform } from './errors.ts'
import { refuseForeignOrigin } from './hosts.ts'
import { send } from './mount/answering.ts'
import { askerOf, isFresh, whoIs } from './mount/asking.ts'
import { centrally } from './mount/central.ts'
import { factsOf } from './mount/facts.ts'
import { inTenant } from './mount/in-tenant.ts'
import { parsing } from './mount/parsing.ts'
import { memberIn, staffIn } from './mount/serving.ts'
import type { Mounting } from './mount/strangers.ts'
import { tellRefusal } from './mount/telling.ts'
import type { Handler } from './requests.ts'

export { stepUpMinutes } from './mount/asking.ts'
export type { Asker, Mounting, Perform, Strangers, Told } from './mount/strangers.ts'

/** Puts one endpoint on Fastify: parse, who asks, may they, the one transaction, the handler, the audit line, commit, answer. */
export function mount(app: FastifyInstance, handler: Handler, on: Mounting): void {
  const { endpoint } = handler
  const { may, method } = endpoint
  const { parse, tryParams } = parsing(endpoint, on)
  const serve = 'runInTenant' in handler ? inTenant(handler, on) : centrally(handler, on)

  app.route({
    method,
    url: prefixOf(endpoint.realm) + endpoint.path,
    config: { endpoint, inTenant: 'runInTenant' in handler },
    handler: async (request, reply) => {
      const facts = factsOf(request, on.secureCookies)
      if (method !== 'GET') refuseForeignOrigin(request)
      const asker = await askerOf(endpoint, facts, reply, on)
      const { tenantId, impersonator } = memberIn(asker) ?? {}
      request.tenant = tenantId
      request.impersonator = impersonator ?? undefined
      const asleepFor = staffIn(asker)?.asleepFor
      if (asleepFor && may !== 'anyone' && !endpoint.whileAsleep)
        throw new Platform('session_asleep', { details: { impersonation: asleepFor } })
      if (impersonator && (endpoint.impersonated === 'refused' || endpoint.stepUp))
        return tellRefusal(
          { endpoint, params: tryParams(request), asker, facts },
          new Platform('impersonation_limited'),
          on,
        )
      if (may !== 'anyone' && may !== 'signed_in' && !asker?.permissions.has(may)) {
        const forbidden = new Platform('forbidden', {
          details: { permission: may },
          to: memberIn(asker) ? 'member' : undefined,
        })
        // Nothing was parsed yet, and what names nothing is nobody's.
        return tellRefusal({ endpoint, params: tryParams(request), asker, facts }, forbidden, on)
      }
      const input = await parse(request, facts.language)
      try {
        // A file takes as long to come as its sender likes: whose session ended meanwhile does nothing with it any more.
        if ('file' in input && may !== 'anyone' && !(await whoIs(request.door, facts, on)))
          throw new Platform('signed_out')
        // After the input was read: who must show a factor first is not asked for nothing.
        if (endpoint.stepUp && !isFresh(asker, on.clock.now())) throw new Platform('step_up_required')
        const answer = await serve({ input, asker, facts, reply }).catch((error: unknown) => {
          throw unreadPlace(error, input)
        })
        return await send(reply, endpoint, answer, on)
      } finally {
        if ('file' in input) await rm((input['file'] as ReceivedFile).path, { force: true })
      }
    },
  })
}
