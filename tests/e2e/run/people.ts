/** docs/people.md, read as the table it is. */
import fs from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'

export type PromisedTask = { role: string; task: string; clicks: number | null }

/** `clicks` is null for a task that comes with a later part of the product. */
export function promisedTasks(): PromisedTask[] {
  const text = fs.readFileSync(path.join(rootDir, 'docs/people.md'), 'utf8')
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const role = section.split('\n')[0]?.trim() ?? ''
      const rows = [...section.matchAll(/^\| (?!Task|---)(.+?) \| (.+?) \|$/gm)]
      return rows.map(([, task = '', clicks = '']) => ({
        role,
        task,
        clicks: /^\d+$/.test(clicks) ? Number(clicks) : null,
      }))
    })
}
