/** Every story told, gathered from the files beside this one. */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RefusalStory, WriteStory } from './story.ts'

export async function allStories(): Promise<{ writes: WriteStory[]; refusals: RefusalStory[] }> {
  const writes: WriteStory[] = []
  const refusals: RefusalStory[] = []
  for (const file of globSync('tests/walls/stories/*.ts')) {
    const told = (await import(resolve(file))) as { writes?: WriteStory[]; refusals?: RefusalStory[] } // the shape story.ts gives
    writes.push(...(told.writes ?? []))
    refusals.push(...(told.refusals ?? []))
  }
  return { writes, refusals }
}
