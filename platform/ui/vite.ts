/** How both web apps are built: the same, but for their folder. */
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin, UserConfig } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

export function webApp(name: 'backoffice' | 'practice', origin = 'http://localhost:3000'): UserConfig {
  return {
    root: join(root, 'apps', name),
    publicDir: join(root, 'platform/ui/public'),
    cacheDir: join(root, 'node_modules/.cache/vite', name),
    plugins: [react(), tailwindcss(), precompress()],
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
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
              { name: 'tanstack', test: /node_modules\/@tanstack\/(react-)?(router|query|history|store)/ },
            ],
          },
        },
      },
    },
    server: { proxy: { '/api': { target: origin, changeOrigin: true } } },
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
