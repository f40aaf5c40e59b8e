/** bin/new-module NAME: a new module in the house's shape, which passes every check as it stands. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { skeleton } from './skeleton.ts'

const [name = ''] = process.argv.slice(2)

if (!/^[a-z]+(-[a-z]+)*$/.test(name))
  refuse('Usage: bin/new-module NAME, a word of the trade in kebab-case: tickets, fee-notes')
const folder = path.join(rootDir, 'modules', name)
if (existsSync(folder)) refuse(`modules/${name} exists already.`)

for (const [file, content] of Object.entries(skeleton(name))) {
  const target = path.join(folder, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, content)
}
console.log(`modules/${name} is there. Then:
  apps/server/modules.ts        mount its handlers, permissions and topics
  apps/backoffice               mount its manifest and messages
  tests/walls/floors-map.ts     its line on the map: ${name}: []
  tests/walls/stories/          a story for each write and each refusal
  db/central/                   its tables, and its permissions given to roles`)

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
