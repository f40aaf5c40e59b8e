import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Perform } from '#platform/server/mount.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import type { Operations } from '../operations.ts'
import { namesOf, originOf } from '../writing.ts'
import type { Tenants } from './outbox.ts'

/** What members do in their practices' databases, each in the role they have there. */
export const performingFor =
  (
    operations: Pick<Operations, 'perform'>,
    on: { db: CentralDb; tenants: Tenants<TenantDb>; log: Pick<Logger, 'warn'> },
  ): Perform =>
  ({ verb, line, actor, request, news }, work) =>
    operations.perform(
      { ...on, role: actor.role, news },
      {
        verb,
        ...namesOf(actor),
        tenant: actor.tenantId,
        object: { type: line.object, id: line.id, count: line.count },
        reason: line.reason,
        ticket: line.ticket,
        origin: originOf(request),
      },
      work,
    )
