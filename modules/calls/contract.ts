/** Who called, and what is to be done. Everything here is answered from the practice's own database. */
export * from './contract/calls.ts'
export * from './contract/tasks.ts'

export const topics = { calls: 'calls.read', tasks: 'tasks.read' } as const
