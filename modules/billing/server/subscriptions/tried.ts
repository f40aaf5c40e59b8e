import type { CentralDb } from '#platform/server/db.ts'
import type { Context } from '#platform/server/requests.ts'
import { doingOf, type Doing } from './acting.ts'

/** Done and undone: who looks is told what who does it is told. @throws whatever the act throws */
export async function tried<T>(ctx: Context, act: (doing: Doing) => Promise<T>): Promise<T> {
  const db = await ctx.db.startTransaction().execute()
  try {
    return await act({ ...doingOf(ctx), db: db as CentralDb })
  } finally {
    await db.rollback().execute()
  }
}
