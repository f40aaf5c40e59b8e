/**
 * The browser of tests and benchmarks: Chromium from the npm package @sparticuz/chromium, unpacked once, with the
 * libraries and fonts it ships, so that it runs on a machine that has neither. CHROMIUM_PATH names another one.
 */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { rootDir } from '#platform/server/config.ts'
import { withLock } from '#platform/server/process-lock.ts'

export type Chromium = {
  executablePath: string
  env: Record<string, string>
  args: string[]
}

/**
 * Our own flags. Those of the package hold --single-process and --disable-web-security: under them no test of
 * isolation or of a content security policy means anything.
 */
const args = [
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
]

const packageDir = path.join(rootDir, 'node_modules/@sparticuz/chromium')

/** Where the browser is, or will be once `unpackChromium` has run. @throws when this machine has none */
export function chromium(): Chromium {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return { executablePath: chosen, env: inherited(), args }
  if (!isShipped()) {
    throw new Error(
      'There is no Chromium for this machine in the packages: install one and name it in CHROMIUM_PATH.',
    )
  }
  const folder = unpackedFolder()
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...inherited(),
      // Without a UTF-8 locale it finds no file whose path has an accent.
      LC_ALL: 'C.UTF-8',
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
    args,
  }
}

/** Does nothing when it is unpacked already, or when another browser was chosen. */
export async function unpackChromium(): Promise<void> {
  if (process.env.CHROMIUM_PATH || !isShipped()) return
  const folder = unpackedFolder()
  if (fs.existsSync(folder)) return
  await withLock(`${folder}.lock`, async () => {
    if (fs.existsSync(folder)) return
    const draft = `${folder}.new`
    fs.rmSync(draft, { recursive: true, force: true })
    fs.mkdirSync(draft, { recursive: true })
    await inflateInto(draft)
    fs.writeFileSync(path.join(draft, 'fonts.conf'), fontsConf(folder))
    fs.renameSync(draft, folder)
  })
}

/** In a process of its own: the package unpacks into TMPDIR, and takes whatever browser already lies there. */
async function inflateInto(folder: string): Promise<void> {
  const script = `
    import { inflate } from ${JSON.stringify(path.join(packageDir, 'build/index.js'))}
    for (const name of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'])
      await inflate(${JSON.stringify(path.join(packageDir, 'bin'))} + '/' + name)`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: folder },
  })
}

/** The package's own file names folders of a cloud function; without any font Chromium shows empty pages. */
function fontsConf(folder: string): string {
  const dir = path.join(folder, 'fonts/fonts').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${dir}</dir><cachedir>${dir}-cache</cachedir></fontconfig>
`
}

/** Beside the packages it came with, so that it leaves with them. */
function unpackedFolder(): string {
  const manifest = fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string } // npm's own format
  return path.join(rootDir, `node_modules/.cache/chromium-${version}`)
}

function isShipped(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && fs.existsSync(packageDir)
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}
