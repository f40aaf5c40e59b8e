import { arrangeBoard } from '#contract/figures'
import { handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { keepArrangement } from './queries.ts'
import { reading } from './reading.ts'

export const figuresHandlers: readonly TenantHandler[] = [
  ...reading,

  handleInTenant(
    arrangeBoard,
    ({ member }) => ({ id: member.memberId }),
    async ({ db, member, record }, { body: { arrangement } }) => {
      await keepArrangement(db, member.memberId, arrangement)
      record({ after: { arranged: arrangement !== null } })
      return { arrangement }
    },
  ),
]
