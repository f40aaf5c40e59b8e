/**
 * Connections that only looked on are kept for a moment: whoever simulates does so again, and a backend that knows the catalogue
 * answers sooner. Nothing that was typed ever ran on one, and each says again where it leads before anybody has it.
 */
import type { Socket } from 'node:net'
import type pg from 'pg'

const keptMs = 20_000
const mostKept = 8

/** Nothing here speaks over anything else. */
const socketOf = ({ connection }: pg.Client) => connection.stream as Socket

export function idleClients() {
  type Idle = { key: string; group: string; client: pg.Client; letGo: () => void }
  const kept = new Set<Idle>()

  function remove(one: Idle): pg.Client {
    kept.delete(one)
    one.client.removeListener('end', one.letGo)
    return one.client
  }
  const end = (one: Idle) =>
    void remove(one)
      .end()
      .catch(() => {})

  return {
    keep(key: string, group: string, client: pg.Client): void {
      const timer = setTimeout(() => end(one), keptMs).unref()
      const one: Idle = {
        key,
        group,
        client,
        letGo: () => {
          clearTimeout(timer)
          kept.delete(one)
        },
      }
      client.once('end', one.letGo)
      // It keeps no process from ending.
      socketOf(client).unref()
      kept.add(one)
      const [oldest] = kept
      // One for each place: a second would wait for nobody.
      const other = [...kept].find((found) => found !== one && found.key === key)
      if (other) end(other)
      else if (oldest && kept.size > mostKept) end(oldest)
    },

    take(key: string): pg.Client | undefined {
      const one = [...kept].find((found) => found.key === key)
      if (!one) return undefined
      one.letGo()
      const client = remove(one)
      socketOf(client).ref()
      return client
    },

    /** Where a login has no more connections, those nobody uses make room. */
    makeRoom(group: string): void {
      for (const one of kept) if (one.group === group) end(one)
    },
  }
}
