/** How both web apps are built: the same, but for their folder. */
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin, UserConfig } from 'vite'
import { leanContracts } from './build/contracts.ts'
import { leanInter } from './build/font.ts'
import { words } from './build/words.ts'

const popups =
  /node_modules\/@base-ui\/|node_modules\/@floating-ui\/|\/platform\/ui\/(select|option-class)\.tsx?/

/** Small parts of screens; none of them needs anything that a first page can do without. */
const smallParts =
  /\/platform\/ui\/(address-state|avatar|badge|card|chip|date-text|dialog|dialog-on-demand|icon-button|just-changed|kpi-card|load-more|media|money|notice|page-header|settled-text|save-file|skeleton)\.tsx?$/
/** Those of the practice app's pages. */
const practiceParts =
  /\/practice\/(addresses|agenda-dates|appointment-words|dates|facts|months-before|note-words|patient-unreadable|patient-acts|patient-words|row-actions|state-badge|status|wall-clock)\.tsx?$/

/** What modules hand to the practice app's first page, and to that of a patient. */
const cards =
  /\/practice\/([\w-]+\/)?(patient-card|patient-notes|message-of-the-day|home-cards?|notice|unsaved-card)\.tsx$/

const root = fileURLToPath(new URL('../..', import.meta.url))

export function webApp(name: 'backoffice' | 'practice', origin = 'http://localhost:3000'): UserConfig {
  return {
    root: join(root, 'apps', name),
    publicDir: join(root, 'platform/ui/public'),
    cacheDir: join(root, 'node_modules/.cache/vite', name),
    plugins: [
      // The practice app's pages have filters of their own.
      leanContracts({ withInputs: name === 'backoffice' }),
      leanInter(join(root, 'node_modules/.cache/fonts')),
      react(),
      tailwindcss(),
      words(join(root, 'apps', name)),
      paintFirst(),
      precompress(),
    ],
    build: {
      outDir: join(root, 'dist', name),
      emptyOutDir: true,
      target: 'baseline-widely-available',
      // Nothing is inlined: the content security policy would refuse it.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            // What changes only with the libraries stays in the browser's cache between releases.
            groups: [
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 4 },
              { name: 'tanstack', test: /node_modules\/@tanstack\//, tags: ['$initial'], priority: 3 },
              // With the few shapes that all are made of: a page that reads none loads neither.
              {
                name: 'zod',
                test: /node_modules\/zod\/|\/platform\/contract\/(ids|page|money)\.ts/,
                priority: 3,
              },
              // The rest of what every page needs comes in one file, not in thirty small ones.
              { name: 'app', test: /^(?!.*(main\.tsx|index\.html))/, tags: ['$initial'], priority: 2 },
              // A picture is 200 bytes, and as many questions as there are of them take longer than all of them at once.
              { name: 'icons', test: /node_modules\/lucide-react\//, minShareCount: 2, priority: 1 },
              // So do where the endpoints are,
              { name: 'contracts', test: /\/modules\/(?!identity)[\w-]+\/contract(\.ts|\/)/, priority: 1 },
              // what forms are made of, and what opens above a page: each is a dozen files of the library.
              {
                name: 'fields',
                test: /\/platform\/ui\/(field|form|input|problem)\.tsx/,
                priority: 1,
              },
              // and the cards that stand on one page, a module each.
              { name: 'cards', test: cards },
              { name: 'checkbox', test: /\/platform\/ui\/checkbox\.tsx/, priority: 1 },
              { name: 'popups', test: popups, minShareCount: 2 },
              // So do the small parts that many pages share.
              ...[
                { name: 'parts', test: smallParts },
                { name: 'practice-parts', test: practiceParts },
              ].map((group) => ({
                ...group,
                minShareCount: 2,
                includeDependenciesRecursively: false,
                priority: 2,
              })),
            ],
          },
        },
      },
    },
    server: { proxy: { '/api': { target: origin, changeOrigin: true } } },
  }
}

/**
 * What a browser downloads before a built app shows anything, in bytes of JavaScript compressed by
 * brotli: the scripts that its index.html names.
 */
export function firstLoad(folder: string): { files: Record<string, number>; total: number } {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name]) => name ?? '')
  const files = Object.fromEntries(
    named.map((name) => [name, brotliCompressSync(readFileSync(join(folder, name))).length]),
  )
  return { files, total: Object.values(files).reduce((sum, bytes) => sum + bytes, 0) }
}

/** A page that holds something to be seen is painted before its app runs (public/start.js): both are asked for at once. */
function paintFirst(): Plugin {
  return {
    name: 'paint-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.includes('data-first-paint')
          ? html
              .replace(
                /<script type="module" crossorigin src="([^"]+)"><\/script>/,
                '<script defer src="/start.js"></script>\n    <link rel="modulepreload" crossorigin data-app href="$1">',
              )
              // The style sheet first: the app is ten times as large, and nothing is painted before its style is there.
              .replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"')
          : html,
    },
  }
}

/** Writes each text file compressed beside itself, so that the server never compresses while someone waits. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue
        const file = join(entry.parentPath, entry.name)
        const bytes = readFileSync(file)
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 }
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
