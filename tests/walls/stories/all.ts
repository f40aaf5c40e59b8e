/** Every story told, gathered from the files beside this one. */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

export async function allStories(): Promise<{
  writes: WriteStory[]
  looks: LookStory[]
  refusals: RefusalStory[]
}> {
  const writes: WriteStory[] = []
  const looks: LookStory[] = []
  const refusals: RefusalStory[] = []
  for (const file of globSync('tests/walls/stories/*.ts')) {
    const told = (await import(resolve(file))) as Partial<Awaited<ReturnType<typeof allStories>>> // the shape story.ts gives
    writes.push(...(told.writes ?? []))
    looks.push(...(told.looks ?? []))
    refusals.push(...(told.refusals ?? []))
  }
  return { writes, looks, refusals }
}
