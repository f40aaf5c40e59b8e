import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { languages, type Messages } from '#platform/server/sentences.ts'

let known: Messages | undefined

/** Every message of the platform and the modules, by language: the server words refusals and files with them. Read once. */
export function readMessages(): Messages {
  return (known ??= readFiles())
}

function readFiles(): Messages {
  // Sought below `modules`: the folder above it is none that the server may read.
  const modules = globSync('*/messages', { cwd: join(rootDir, 'modules') })
  const folders = ['platform/contract/messages', ...modules.map((folder) => join('modules', folder))]
  const read = (language: string) =>
    Object.assign(
      {},
      ...folders
        .map((folder) => join(rootDir, folder, `${language}.json`))
        .filter(existsSync)
        .map((file) => JSON.parse(readFileSync(file, 'utf8')) as object),
    )
  return Object.fromEntries(languages.map((language) => [language, read(language)])) as Messages // the two languages
}
