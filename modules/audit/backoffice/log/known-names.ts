/** What people and objects are called that the log has shown so far: a filter names them, its address only their id. */
import { useEffect, useReducer } from 'react'
import type { AuditEntry } from '#contract/audit'
import { useMessages } from '#platform/ui/messages.tsx'
import { objectNamed } from '../words.ts'
import type { LogFilters } from './log-state.ts'

const names = new Map<string, string>()

export function noteName(id: string, name: string): void {
  names.set(id, name)
}

/** @returns what an id is called, or its end where no entry has named it yet */
export function useKnownNames(
  rows: readonly AuditEntry[] | undefined,
  /** What is filtered by, and what the log says it is called. */
  { object, objectType = '' }: LogFilters,
  named: Readonly<Record<string, string>> | undefined,
): (id: string) => string {
  const t = useMessages()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const before = names.size
    for (const [id, name] of Object.entries(named ?? {}))
      names.set(id, id === object ? (objectNamed({ objectType, objectName: name }, t) ?? name) : name)
    for (const row of rows ?? []) {
      const { actorId, actor, actorType, objectId } = row
      const name = objectNamed(row, t)
      if (actorId && actorType !== 'system') names.set(actorId, actor)
      if (objectId && name) names.set(objectId, name)
    }
    if (names.size > before) redraw()
  }, [rows, named, object, objectType, t])
  return (id) => names.get(id) ?? (id.length > 13 ? `…${id.slice(-8)}` : id)
}
