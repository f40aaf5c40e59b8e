/**
 * A real IMAP server for a test: Dovecot as Debian builds it, on a port of its own, over a Maildir of its own. Where it is not
 * installed, its packages are fetched with apt and unpacked below node_modules; they need no root.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net, { type AddressInfo, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { rootDir } from '#platform/server/config.ts'
import { freePort } from './real-server.ts'

const run = promisify(execFile)

export type Dovecot = {
  /** `imap://support%40example.org:…@127.0.0.1:<port>` */
  url: string
  /** As the mail server before it would: into INBOX. */
  deliver(...mails: readonly (Buffer | string)[]): void
  /** What lies in a folder, in no order. */
  mailsIn(folder: string): Buffer[]
  /** All are numbered anew, as after a restored backup: no number known before means anything. */
  renumber(): void
  /** Takes some out of a folder behind everybody's back. */
  vanish(which: (mail: Buffer) => boolean, folder?: string): void
  /** Every connection breaks off. @returns how many */
  cut(): number
  /** Done when it holds. */
  changePassword(password: string): Promise<void>
  stop(): Promise<void>
  /** What it wrote down itself. */
  log(): string
}

export const mailboxUser = 'support@example.org'
const firstPassword = 'un mot de passe'

export async function startDovecot(): Promise<Dovecot> {
  const program = await installed()
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-dovecot-'))
  const port = await freePort()
  const maildir = path.join(dir, 'mail/Maildir')
  for (const folder of ['run/login', 'state', 'mail/Maildir/tmp', 'mail/Maildir/new', 'mail/Maildir/cur'])
    fs.mkdirSync(path.join(dir, folder), { recursive: true })
  // Its parts look for these where they run.
  for (const place of ['run', 'run/login'])
    if (program.plugin) fs.symlinkSync(program.plugin, path.join(dir, place, path.basename(program.plugin)))
  const users = path.join(dir, 'users')
  const setPassword = (password: string) => fs.writeFileSync(users, `${mailboxUser}:{PLAIN}${password}\n`)
  setPassword(firstPassword)
  fs.writeFileSync(path.join(dir, 'dovecot.conf'), settings({ dir, port, program }))
  give(dir)

  // Whoever started it may be killed: then the pipe ends, and it with that.
  const leash = '"$@" & read -r _; kill $!; wait $!'
  const child = spawn('sh', ['-c', leash, 'sh', ...program.command(path.join(dir, 'dovecot.conf'))], {
    env: { ...process.env, LD_LIBRARY_PATH: program.libraries },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const log = () =>
    fs.existsSync(path.join(dir, 'log')) ? fs.readFileSync(path.join(dir, 'log'), 'utf8') : ''
  await listening(port, child, log)
  const way = await openWay(port)

  let delivered = 0
  return {
    url: `imap://${encodeURIComponent(mailboxUser)}:${encodeURIComponent(firstPassword)}@127.0.0.1:${way.port}`,
    deliver(...mails) {
      for (const mail of mails) {
        const name = `${String(1_700_000_000 + delivered++)}.M1P1.test`
        const file = path.join(maildir, 'tmp', name)
        fs.writeFileSync(file, mail)
        give(file)
        fs.renameSync(file, path.join(maildir, 'new', name))
      }
    },
    mailsIn: (folder) => filesIn(maildir, folder).map((file) => fs.readFileSync(file)),
    renumber() {
      for (const name of fs.readdirSync(maildir))
        if (/^dovecot[.-](?:uid|index)/.test(name)) fs.rmSync(path.join(maildir, name))
    },
    vanish(which, folder = 'INBOX') {
      for (const file of filesIn(maildir, folder)) if (which(fs.readFileSync(file))) fs.rmSync(file)
    },
    cut: way.cut,
    async changePassword(password) {
      setPassword(password)
      // It looks at the file once a second at most.
      await sleep(1_100)
    },
    log,
    async stop() {
      way.close()
      const ended = once(child, 'exit')
      child.stdin?.end()
      if (child.exitCode === null) await ended
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

function filesIn(maildir: string, folder: string): string[] {
  const at = folder === 'INBOX' ? maildir : path.join(maildir, `.${folder}`)
  return ['new', 'cur'].flatMap((part) => {
    const place = path.join(at, part)
    return fs.existsSync(place) ? fs.readdirSync(place).map((name) => path.join(place, name)) : []
  })
}

/** Under root it works as nobody: mail is no matter of root's. */
const worker = process.getuid?.() === 0 ? { user: 'nobody', uid: 65_534, gid: 65_534 } : undefined

function give(file: string): void {
  if (!worker) return
  fs.chownSync(file, worker.uid, worker.gid)
  if (!fs.statSync(file).isDirectory()) return
  for (const entry of fs.readdirSync(file)) if (!/^(?:run|state)$/.test(entry)) give(path.join(file, entry))
}

type Program = {
  /** What starts it with a file of settings. */
  command(settings: string): string[]
  libexec: string | undefined
  libraries: string
  plugin: string | undefined
}

function settings({ dir, port, program }: { dir: string; port: number; program: Program }): string {
  const user = worker?.user ?? os.userInfo().username
  const group = worker ? '' : '\ndefault_internal_group = ' + String(process.getgid?.() ?? '')
  return `
${program.libexec ? `libexec_dir = ${program.libexec}` : ''}
import_environment = TZ LD_LIBRARY_PATH=${program.libraries}
protocols = imap
listen = 127.0.0.1
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
ssl = no
disable_plaintext_auth = no
auth_stats = no
auth_failure_delay = 0
default_internal_user = ${user}${worker ? '\ndefault_internal_group = nogroup' : group}
default_login_user = ${user}
first_valid_uid = 1
maildir_very_dirty_syncs = no
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${dir}/users
}
userdb {
  driver = static
  args = uid=${worker?.uid ?? process.getuid?.() ?? ''} gid=${worker?.gid ?? process.getgid?.() ?? ''} home=${dir}/mail
}
mail_location = maildir:${dir}/mail/Maildir
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  # Whoever guesses wrong waits no longer each time.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`
}

async function listening(port: number, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`Dovecot ended at once: ${log()}`)
    const greeting = await new Promise<string>((resolve) => {
      const socket = net.connect(port, '127.0.0.1')
      socket.once('data', (data) => resolve(data.toString()))
      socket.once('error', () => resolve(''))
      socket.once('close', () => resolve(''))
      setTimeout(() => socket.destroy(), 1_000).unref()
    })
    if (greeting.startsWith('* OK')) return
    await sleep(100)
  }
  throw new Error(`Dovecot does not answer: ${log()}`)
}

/** Between a client and the server, so that a test can break it off. */
async function openWay(port: number): Promise<{ port: number; cut(): number; close(): void }> {
  const open = new Set<Socket>()
  const server = net.createServer((socket) => {
    const further = net.connect(port, '127.0.0.1')
    for (const end of [socket, further]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        socket.destroy()
        further.destroy()
      })
    }
    socket.pipe(further).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    const many = open.size / 2
    for (const socket of open) socket.destroy()
    return many
  }
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    cut,
    close() {
      cut()
      server.close()
    },
  }
}

const cache = path.join(rootDir, 'node_modules/.cache/dovecot')

async function installed(): Promise<Program> {
  const places = ['/usr/sbin', ...(process.env.PATH ?? '').split(path.delimiter)]
  const own = places.map((place) => path.join(place, 'dovecot')).find((file) => fs.existsSync(file))
  if (own)
    return {
      command: (file) => [own, '-F', '-c', file],
      libexec: undefined,
      libraries: '',
      plugin: undefined,
    }
  if (!fs.existsSync(cache)) await fetchPackages()
  const libexec = path.join(cache, 'usr/lib/dovecot')
  const modules = path.join(libexec, 'modules')
  return {
    // Started by itself it looks for its reader of settings in /usr/bin.
    command: (file) => [
      path.join(cache, 'usr/bin/doveconf'),
      `-c${file}`,
      '-mmaster',
      '-e',
      path.join(cache, 'usr/sbin/dovecot'),
      '-F',
      `-c${file}`,
    ],
    libexec,
    libraries: [libexec, modules, path.join(modules, 'old-stats')].join(':'),
    plugin: path.join(modules, 'libssl_iostream_openssl.so'),
  }
}

async function fetchPackages(): Promise<void> {
  fs.mkdirSync(path.dirname(cache), { recursive: true })
  const fresh = fs.mkdtempSync(`${cache}-`)
  try {
    await run('apt-get', ['download', 'dovecot-core', 'dovecot-imapd'], { cwd: fresh })
    for (const name of fs.readdirSync(fresh).filter((entry) => entry.endsWith('.deb')))
      await run('dpkg-deb', ['-x', name, '.'], { cwd: fresh })
  } catch (error) {
    throw new Error(
      'mail is read from a real Dovecot: install dovecot-imapd, or run where apt-get can fetch it',
      {
        cause: error,
      },
    )
  }
  lookAround(path.join(fresh, 'usr/lib/dovecot/libdovecot.so.0.0.0'))
  fs.rmSync(path.join(fresh, 'etc'), { recursive: true, force: true })
  try {
    fs.renameSync(fresh, cache)
  } catch {
    // Another test file was faster.
    fs.rmSync(fresh, { recursive: true, force: true })
  }
}

/** Where its plug-ins lie is built in: unpacked elsewhere, it looks where it runs. */
function lookAround(library: string): void {
  const bytes = fs.readFileSync(library)
  const builtIn = Buffer.from('/usr/lib/dovecot/modules\0')
  for (let at = bytes.indexOf(builtIn); at >= 0; at = bytes.indexOf(builtIn, at))
    Buffer.concat([Buffer.from('.'), Buffer.alloc(builtIn.length - 1)]).copy(bytes, at)
  fs.writeFileSync(library, bytes)
}
