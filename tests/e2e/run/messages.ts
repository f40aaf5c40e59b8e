/** All messages of both apps, and how to recognise one on a screen that speaks the other language. */
import fs from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'

type Language = 'fr' | 'en'

export function messagesIn(language: Language): ReadonlyMap<string, string> {
  const folders = fs.globSync('{platform,modules,apps}/**/messages', { cwd: rootDir })
  return new Map(
    folders.flatMap((folder) => {
      const file = path.join(rootDir, folder, `${language}.json`)
      return Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>) // flat by a wall
    }),
  )
}

/** Tells whether a text is a message of this language, and of this language alone. */
export function speaks(language: Language): (text: string) => boolean {
  const other = new Set(messagesIn(language === 'fr' ? 'en' : 'fr').values())
  const own = [...messagesIn(language).values()].filter((message) => !other.has(message))
  const plain = new Set(own.filter((message) => !message.includes('{')))
  // `{count} clients` is any text that ends in " clients"; what bends by number is left to its plain neighbours.
  const open = own
    .filter((message) => /\{\w+\}/.test(message) && !/[{]\w+,/.test(message))
    .map((message) => message.split(/\{\w+\}/))
    .filter((parts) => parts.join('').replaceAll(/[^\p{L}]/gu, '').length > 5)
    .map((parts) => new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('.+')}$`, 'u'))
  return (text) => plain.has(text) || open.some((pattern) => pattern.test(text))
}
