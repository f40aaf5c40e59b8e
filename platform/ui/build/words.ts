/** How words are built into a web app: parsed, and those needed before any page apart from the rest. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Plugin } from 'vite'
import { cardWords, earlyWords, wordsSaidIn } from './early-words.ts'

/** Sentences of refusals come with the answer, and those of mails never reach a page: the server alone says them. */
const saidByTheServer = /^refusals\.|^\w+\.mail\./

/**
 * `messages/fr.json` is every word of a module; `messages/fr.json?early` those that are said before
 * a page of it is open, `?cards` those of the parts it hands to the pages of others. A build parses messages that hold variables, so that browsers need no parser.
 *
 * @param app the folder of the app, whose own code comes before any page
 */
export function words(app: string): Plugin {
  const name = basename(app)
  let building = false
  /** Telephones get none of the back-office's words: of a module that has pages there too, only what is said here. */
  const ofThisApp = (module: string) =>
    name === 'practice' && existsSync(join(module, 'backoffice'))
      ? wordsSaidIn(globSync([`${dirname(module)}/*/practice/**/*.{ts,tsx}`, `${app}/**/*.{ts,tsx}`]))
      : () => true
  return {
    name: 'words',
    enforce: 'pre',
    config(_, { command }) {
      building = command === 'build'
      const parser = '@formatjs/icu-messageformat-parser'
      return building ? { resolve: { alias: { [parser]: `${parser}/no-parser.js` } } } : {}
    },
    load(id) {
      const [, module, language, some] = /^(.*)\/messages\/(fr|en)\.json(\?early|\?cards)?$/.exec(id) ?? []
      if (!module || !language) return null
      const file = readFileSync(`${module}/messages/${language}.json`, 'utf8')
      const messages = JSON.parse(file) as Record<string, string> // as the wall checks
      const isKept =
        some === '?early'
          ? earlyWords(app, `${module}/${name}/index.tsx`)
          : some === '?cards'
            ? cardWords(globSync(`${dirname(module)}/*/${name}/index.tsx`))
            : ofThisApp(module)
      const kept = Object.entries(messages)
        .filter(([key]) => !saidByTheServer.test(key) && isKept(key))
        .map(([key, message]) => [
          key,
          building && /[{<']/.test(message) ? new IntlMessageFormat(message, language).getAst() : message,
        ])
      return { code: JSON.stringify(Object.fromEntries(kept)), moduleType: 'json' }
    },
  }
}
