/** For tests: connections of a process that dies at a chosen statement, on a real database. */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { openPool } from '#platform/server/db.ts'

/** One life, across every database it is connected to. `dyingAt` counts its statements from 0; twice each: before, and after. */
export type Life = { readonly steps: number; isOver: boolean; step(): void; onDeath(work: () => void): void }

export class Died extends Error {}

export function lifeUntil(dyingAt: number): Life {
  const deaths: (() => void)[] = []
  const life = {
    steps: 0,
    isOver: false,
    step() {
      if (!life.isOver && life.steps++ === dyingAt) {
        life.isOver = true
        for (const die of deaths) die()
      }
      if (life.isOver) throw new Died()
    },
    onDeath: (work: () => void) => void deaths.push(work),
  }
  return life
}

/** A pool whose statements are steps of that life: it may end before one is sent, or before its answer is heard. */
export function mortalPool(url: string, life: Life): PostgresPool {
  const pool = openPool(url, { max: 2 })
  return {
    options: pool.options,
    async connect() {
      if (life.isOver) throw new Died()
      const client = await pool.connect()
      // No goodbye: the database finds the other end gone.
      life.onDeath(() => client.connection.stream.destroy())
      const query = async (...question: Parameters<typeof client.query>) => {
        life.step()
        const answer: unknown = await client.query(...question)
        life.step()
        return answer
      }
      return new Proxy(client, {
        get(target, key) {
          if (key === 'query') return query
          if (key === 'release') return () => target.release(life.isOver)
          const value: unknown = Reflect.get(target, key)
          return typeof value === 'function' ? value.bind(target) : value
        },
      }) as unknown as PostgresPoolClient // the same client, with other ways of asking and letting go
    },
    end: () => pool.end(),
  }
}
